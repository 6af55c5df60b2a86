package io.secretagent.bootstrap;

import static io.secretagent.bootstrap.testing.GatedHelper.property;
import static io.secretagent.bootstrap.testing.GatedHelper.variable;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.GatedHelper;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ReadsBeforeArrival;
import io.secretagent.bootstrap.testing.ReadsEnvironment;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Target;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code startup: overlap}: {@code main} runs before the secrets are there, and who reads one waits. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(180)
class OverlapIT {
    private static final String CANARY = "canary-overlap-31d7";
    private static final long LONG = 600_000;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    OverlapIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void everyWayToReadOneWaits() throws Exception {
        Target[] targets = {
            property("a.b"), property("set"), property("cleared"), property("star.*"), variable("A_B", true)
        };
        GatedHelper helper = new GatedHelper(folder, LONG, targets)
                .then(ReadsBeforeArrival.VALUE, property("a.b"), property("set"), property("cleared"))
                .then(ReadsBeforeArrival.VALUE, property("star.key"), variable("A_B", true))
                .then(new ChannelRecord.End(2));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .run(ReadsBeforeArrival.class, helper.gate().toString());
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "all wait\nwrong:\n", ""));
    }

    @Test
    void whatIsNoTargetIsReadAtOnceAndTheJvmMayEndFirst() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"), variable("API_KEY", false));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .option("-Dgiven=1")
                .environment("GIVEN", "2")
                .run(ReadsOthers.class);
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "1 2 null\n", ""));
    }

    @Test
    void aGivenValueIsReadAtOnceAndMasked() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .option("-Dapi.key=" + CANARY)
                .run(ReadsWhileAnotherLoadsClasses.class, "api.key");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "***\n", """
                secret-agent: property api.key keeps the value that the JVM was given; set override: true for the secret \
                to win
                """));
    }

    @Test
    void aStoreIsReadAndShownAsEver() throws Exception {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        store.put("db.json", "{\"user\":\"paracle-app\",\"password\":\"" + CANARY + "-db\"}");
        Path mapping = store.mappingWith(
                "startup: overlap\n", "API_KEY: {property: api.key, env: API_KEY}", "db.json#*: {property: db.*}");
        ChildJvm child = ChildJvm.on(jdk).agent(mapping).option("-Ddb.user=given-user");
        assertThat(child.run(ShowSecrets.class, "api.key", "db.password", "db.user", "db.none"))
                .isEqualTo(new ChildJvm.Result(
                        0,
                        ShowSecrets.line("api.key", CANARY) + "\n" + ShowSecrets.line("db.password", CANARY + "-db")
                                + "\n" + ShowSecrets.line("db.user", "given-user") + "\ndb.none absent\n",
                        """
                        secret-agent: property db.user keeps the value that the JVM was given; set override: true for the \
                        secret to win
                        """));
        assertThat(child.run(ReadsEnvironment.class, "log", "API_KEY").out())
                .isEqualTo("API_KEY=***\nAPI_KEY=*** in all\n");
    }

    @Test
    void theApplicationMayReplaceTheProperties() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"))
                .then(CANARY, property("api.key"))
                .then(new ChannelRecord.End(1));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .run(ReplacesProperties.class, helper.gate().toString());
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "null\ndefaults ***\ncopy ***\nlocked ***\n", ""));
    }

    @Test
    void waitingWhileClassesAreLoadedDoesNotLock() throws Exception {
        Files.createFile(folder.resolve("gate"));
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"))
                .then(CANARY, property("api.key"))
                .then(new ChannelRecord.End(1));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .option("-javaagent:" + AgentJar.of(ReadsInATransformer.class, folder))
                .run(ReadsWhileAnotherLoadsClasses.class, "api.key");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
    }

    @Test
    void anInterruptStaysWithItsThread() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"))
                .then(CANARY, property("api.key"))
                .then(new ChannelRecord.End(1));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .run(ReadsInterrupted.class, helper.gate().toString());
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "*** true\n", ""));
    }

    static final class ReadsOthers {
        public static void main(String[] arguments) {
            System.out.println(
                    System.getProperty("given") + " " + System.getenv("GIVEN") + " " + System.getProperty("api.keys"));
        }
    }

    static final class ReplacesProperties {
        public static void main(String[] gate) throws Exception {
            Properties before = System.getProperties();
            System.setProperties(new Properties());
            System.out.println(System.getProperty("api.key"));
            System.setProperties(new Properties(before));
            Files.createFile(Path.of(gate[0]));
            System.out.println("defaults " + System.getProperty("api.key"));
            Properties copy = new Properties();
            copy.putAll(before);
            System.setProperties(copy);
            System.out.println("copy " + System.getProperty("api.key"));
            synchronized (before) {
                System.out.println("locked " + before.getProperty("api.key"));
            }
        }
    }

    static final class ReadsInterrupted {
        public static void main(String[] gate) throws Exception {
            Thread.currentThread().interrupt();
            Path opened = Path.of(gate[0]);
            new Thread(() -> {
                        try {
                            Files.write(opened, new byte[0]);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
            String value = System.getProperty("api.key");
            System.out.println(value + " " + Thread.interrupted());
        }
    }

    /** Classes that read the property when they are initialised. */
    static final class ReadsWhileAnotherLoadsClasses {
        static final class Configuration {
            static final String VALUE = System.getProperty("api.key");
        }

        public static void main(String[] arguments) throws Exception {
            Thread other = new Thread(() -> System.getProperty(Configuration.VALUE));
            other.start();
            System.out.println(Configuration.VALUE);
            other.join();
        }
    }

    /** Another agent, whose transformer reads the property under the locks of class loading. */
    public static final class ReadsInATransformer implements ClassFileTransformer {
        public static void premain(String argument, Instrumentation instrumentation) {
            instrumentation.addTransformer(new ReadsInATransformer());
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] original) {
            System.getProperty("api.key");
            return null;
        }
    }
}
