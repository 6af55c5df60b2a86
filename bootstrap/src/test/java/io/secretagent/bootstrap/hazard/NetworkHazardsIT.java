package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The network's settings are the application's to make, in {@code main}: a fetch in its JVM would freeze them. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class NetworkHazardsIT {
    private static final int FIRST_WITH_RESOLVERS = 18;

    private static final String RESOLVER = """
            import java.net.*;
            import java.net.spi.*;
            import java.util.stream.Stream;

            public class Resolver extends InetAddressResolverProvider {
                static int instances;

                public Resolver() {
                    instances++;
                }

                public InetAddressResolver get(Configuration configuration) {
                    return configuration.builtinResolver();
                }

                public String name() {
                    return "own";
                }

                public static void main(String[] arguments) throws Exception {
                    System.out.println("before: " + instances);
                    InetAddress.getByName("localhost");
                    System.out.println("after: " + instances);
                }
            }
            """;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    NetworkHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", "canary-3d62-network");
    }

    @Test
    void howLongAddressesAreKeptIsSetInMain() throws Exception {
        ChildJvm child = child().option("--add-opens=java.base/sun.net=ALL-UNNAMED");
        assertThat(child.run(SetsDnsTtl.class)).isEqualTo(new ChildJvm.Result(0, "7\n", ""));
    }

    @Test
    void anAddressResolverIsNotInstantiatedBeforeMain() throws Exception {
        Assumptions.assumeTrue(jdk.feature() >= FIRST_WITH_RESOLVERS, "JEP 418 came with JDK 18");
        Path classes = new Compiler(jdk, folder).classes("Resolver", RESOLVER);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.net.spi.InetAddressResolverProvider"), "Resolver");
        assertThat(child().run("-cp", classes.toString(), "Resolver"))
                .isEqualTo(new ChildJvm.Result(0, "before: 0\nafter: 1\n", ""));
    }

    @Test
    void theFactoryOfUrlHandlersIsSetInMain() throws Exception {
        assertThat(child().run(SetsUrlHandlers.class)).isEqualTo(new ChildJvm.Result(0, "own\n", ""));
    }

    @Test
    void theHttpClientIsSetUpInMain() throws Exception {
        assertThat(child().run(SetsUpHttpClient.class)).isEqualTo(new ChildJvm.Result(0, "[example.org]\n", ""));
    }

    private ChildJvm child() throws IOException {
        return store.child(jdk, "API_KEY: api.key");
    }

    static final class SetsDnsTtl {
        public static void main(String[] arguments) throws Exception {
            Security.setProperty("networkaddress.cache.ttl", "7");
            InetAddress.getByName("localhost");
            Field policy = Class.forName("sun.net.InetAddressCachePolicy").getDeclaredField("cachePolicy");
            policy.setAccessible(true);
            System.out.println(policy.get(null));
        }
    }

    static final class SetsUrlHandlers {
        public static void main(String[] arguments) throws Exception {
            URL.setURLStreamHandlerFactory(protocol -> protocol.equals("http") ? new Own() : null);
            System.out.println(
                    new URI("http://example.org/").toURL().openConnection().getContentType());
        }

        private static final class Own extends URLStreamHandler {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public @Nullable String getContentType() {
                        return "own";
                    }
                };
            }
        }
    }

    static final class SetsUpHttpClient {
        public static void main(String[] arguments) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/"))
                    .header("host", "example.org")
                    .build();
            System.out.println(request.headers().allValues("host"));
        }
    }
}
