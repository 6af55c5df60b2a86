package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What guards the application's connections and its JVM is as without the agent. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class SecurityHazardsIT {
    private static final String PASSWORD = "canary-store-password-88";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    SecurityHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("PASSWORD", PASSWORD);
    }

    @Test
    void theDefaultSslContextTakesAKeyStorePasswordFromUs() throws Exception {
        ChildJvm child = store.child(jdk, "PASSWORD: javax.net.ssl.keyStorePassword")
                .option("-Djavax.net.ssl.keyStore=" + keys());
        assertThat(child.run(UsesDefaultSslContext.class)).isEqualTo(new ChildJvm.Result(0, "made\n", ""));
    }

    @Test
    void theDefaultSslContextTakesATrustStorePasswordFromUs() throws Exception {
        ChildJvm child = store.child(jdk, "PASSWORD: javax.net.ssl.trustStorePassword")
                .option("-Djavax.net.ssl.trustStore=" + keys());
        assertThat(child.run(UsesDefaultSslContext.class)).isEqualTo(new ChildJvm.Result(0, "made\n", ""));
    }

    @Test
    void theApplicationCannotTakeTheMaskingAway() throws Exception {
        Path log = folder.resolve("app.log");
        ChildJvm.Result result = store.child(jdk, "PASSWORD: app.password").run(TakesTheBridge.class, log.toString());
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "fields 0\nmasked true\n", ""));
    }

    @Test
    void algorithmsAreDisabledInMain() throws Exception {
        assertThat(child().run(DisablesAlgorithms.class)).isEqualTo(new ChildJvm.Result(0, "[TLSv1.2]\n", ""));
    }

    @Test
    void aSecurityProviderOfTheClassPathStays() throws Exception {
        StringBuilder list = new StringBuilder("security.provider.1=" + OwnProvider.class.getName() + "\n");
        List<String> jdks = List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");
        for (int i = 0; i < jdks.size(); i++) {
            list.append("security.provider.")
                    .append(i + 2)
                    .append('=')
                    .append(jdks.get(i))
                    .append('\n');
        }
        Path properties = Files.writeString(folder.resolve("java.security"), list);
        ChildJvm.Result result =
                child().option("-Djava.security.properties=" + properties).run(ListsProviders.class);
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "own is 0\n", ""));
    }

    @Test
    void providersThatOnlyTheApplicationHasAreToldInWords() throws Exception {
        Path properties = Files.writeString(
                folder.resolve("java.security"),
                "security.provider.1=" + OwnProvider.class.getName() + "\nsecurity.provider.2=com.example.No\n");
        ChildJvm.Result result =
                child().option("-Djava.security.properties==" + properties).run(ListsProviders.class);
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("names security providers that the helper process has not", "SECRET_AGENT_HELPER_OPTS");
    }

    @Test
    void javaLangIsClosedToTheApplication() throws Exception {
        assertThat(child().run(OpensString.class))
                .isEqualTo(new ChildJvm.Result(0, "java.lang.reflect.InaccessibleObjectException\n", ""));
    }

    @Test
    void aSecurityManagerIsRefusedInWords() throws Exception {
        Assumptions.assumeTrue(jdk.feature() < 24, "JDK 24 took the security manager away (JEP 486)");
        ChildJvm.Result result = child().option("-Djava.security.manager").run(ListsProviders.class);
        assertThat(result.exit()).isNotZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("secret-agent: the JVM's security manager does not let the agent work");
    }

    @Test
    void nothingThatNewerJdksForbidIsUsed() throws Exception {
        Assumptions.assumeTrue(jdk.feature() >= 24, "before JDK 24 there is nothing to forbid");
        ChildJvm.Result result = child().option("--illegal-native-access=deny")
                .option("--sun-misc-unsafe-memory-access=deny")
                .run(OpensString.class);
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
    }

    private ChildJvm child() throws Exception {
        return store.child(jdk, "PASSWORD: some.password");
    }

    private Path keys() throws Exception {
        Path keys = folder.resolve("keys.p12");
        String make = "-genkeypair -keyalg EC -alias a -dname CN=a -storepass " + PASSWORD + " -keystore " + keys;
        new Compiler(jdk, folder).run("keytool", make.split(" ", -1));
        return keys;
    }

    static final class UsesDefaultSslContext {
        public static void main(String[] arguments) throws Exception {
            SSLContext.getDefault().getSocketFactory();
            HttpClient.newHttpClient();
            System.out.println("made");
        }
    }

    static final class DisablesAlgorithms {
        public static void main(String[] arguments) throws Exception {
            Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3, TLSv1, TLSv1.1, TLSv1.3");
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(null, null, null);
            System.out.println(Arrays.toString(made.getDefaultSSLParameters().getProtocols()));
        }
    }

    static final class ListsProviders {
        public static void main(String[] arguments) {
            List<Provider> providers = Arrays.asList(Security.getProviders());
            System.out.println("own is " + providers.indexOf(Security.getProvider("Own")));
        }
    }

    public static final class OwnProvider extends Provider {
        private static final long serialVersionUID = 1L;

        public OwnProvider() {
            super("Own", "1", "of the class path");
        }
    }

    static final class OpensString {
        public static void main(String[] arguments) throws Exception {
            try {
                String.class.getDeclaredField("value").setAccessible(true);
                System.out.println("open");
            } catch (RuntimeException closed) {
                System.out.println(closed.getClass().getName());
            }
        }
    }

    /** By what a program can reach of what rewritten classes call. */
    public static final class TakesTheBridge {
        @SuppressWarnings("unchecked") // what it is
        public static void main(String[] log) throws ReflectiveOperationException, IOException {
            Class<?> bridge = Class.forName("java.lang.SecretAgentBridge");
            Object[] through = new Object[40];
            Arrays.fill(through, UnaryOperator.identity());
            ((Consumer<Object>) bridge.getConstructor().newInstance()).accept(through);
            System.out.println("fields " + bridge.getFields().length);

            Logger logger = Logger.getLogger("app");
            FileHandler handler = new FileHandler(log[0]);
            logger.setUseParentHandlers(false);
            logger.addHandler(handler);
            logger.info("password " + System.getProperty("app.password"));
            handler.close();
            System.out.println("masked " + Files.readString(Path.of(log[0])).contains("password ***"));
        }
    }
}
