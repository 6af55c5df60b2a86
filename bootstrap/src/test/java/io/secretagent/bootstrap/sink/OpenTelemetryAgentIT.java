package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenTelemetry's own agent beside this one, in both orders, which sends logs and spans to a collector. */
class OpenTelemetryAgentIT {
    private static final String APPENDER = "-Dotel.instrumentation.logback-appender.experimental";

    private static final String SOURCE = """
            import org.slf4j.*;

            public class Own {
                static void work(String secret) {
                    throw new IllegalStateException("thrown-" + secret);
                }

                public static void main(String[] none) {
                    String secret = System.getProperty("canary");
                    Thread.currentThread().setName("thread-" + secret);
                    MDC.put("user", "mdc-" + secret);
                    LoggerFactory.getLogger("logger-" + secret)
                            .error(
                                    MarkerFactory.getMarker("marker-" + secret),
                                    "message-{}",
                                    secret,
                                    new IllegalStateException("exception-" + secret, new Exception("cause-" + secret)));
                    try {
                        work(secret);
                    } catch (IllegalStateException e) {
                        System.out.println("kept " + e.getMessage().equals("thrown-" + secret));
                    }
                    LoggerFactory.getLogger("app").atInfo().addKeyValue("key", "value-" + secret).log("clean, done");
                }
            }
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream posted = new ByteArrayOutputStream();
    private HttpServer collector;

    @BeforeEach
    void collect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(posted);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    /** Each order on one JDK: its agent takes ten seconds to start. */
    static List<Arguments> orders() {
        List<Jdks.Jdk> jdks = Jdks.all();
        return Stream.of("opentelemetry-javaagent.jar", "opentelemetry-javaagent-newer.jar")
                .flatMap(jar -> Stream.of(
                        Arguments.of(jar, true, jdks.get(0)), Arguments.of(jar, false, jdks.get(jdks.size() - 1))))
                .toList();
    }

    @ParameterizedTest(name = "{0} first {1} {2}")
    @MethodSource("orders")
    void sendsMaskedRecords(String jar, boolean first, Jdks.Jdk jdk) throws Exception {
        Compiled compiled = Compiled.in(folder, "logback-1.5", SOURCE);
        String agent = "-javaagent:" + Path.of("target/opentelemetry", jar).toAbsolutePath();
        Canary canary = new Canary(folder);
        ChildJvm child = first
                ? canary.with(ChildJvm.on(jdk).option(agent))
                : canary.child(jdk).option(agent);
        for (String option : List.of(
                "-Dotel.traces.exporter=otlp",
                "-Dotel.instrumentation.methods.include=Own[work]",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=otlp",
                "-Dotel.exporter.otlp.protocol=http/protobuf",
                "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:"
                        + collector.getAddress().getPort(),
                APPENDER + ".capture-mdc-attributes=*",
                APPENDER + "-log-attributes=true",
                APPENDER + ".capture-marker-attribute=true",
                APPENDER + ".capture-key-value-pair-attributes=true")) {
            child.option(option);
        }

        ChildJvm.Result result = child.run("-cp", compiled.classPath(), "Own");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("may log unmasked");
        String records = posted.toString(ISO_8859_1);
        assertThat(Canary.leaksFrom(records + result.out() + result.err())).isFalse();
        assertThat(records)
                .contains("message-***")
                .contains("exception-***")
                .contains("cause-***")
                .contains("mdc-***")
                .contains("marker-***")
                .contains("logger-***")
                .contains("thread-***")
                .contains("value-***")
                .contains("thrown-***")
                .contains("clean, done");
    }
}
