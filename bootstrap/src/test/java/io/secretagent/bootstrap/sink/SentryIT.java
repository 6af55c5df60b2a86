package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Sentry's client posts, whose envelopes state the length of each item. */
class SentryIT {
    private static final String SOURCE = """
            import ch.qos.logback.classic.*;
            import com.sun.net.httpserver.HttpServer;
            import io.sentry.*;
            import io.sentry.logback.SentryAppender;
            import java.io.*;
            import java.net.*;
            import java.nio.file.*;
            import java.util.zip.GZIPInputStream;
            import org.slf4j.MDC;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    ByteArrayOutputStream posted = new ByteArrayOutputStream();
                    HttpServer server =
                            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                    server.createContext("/", exchange -> {
                        InputStream body = exchange.getRequestBody();
                        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                        synchronized (posted) {
                            (zipped ? new GZIPInputStream(body) : body).transferTo(posted);
                        }
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
                    server.start();
                    SentryOptions options = new SentryOptions();
                    options.setDsn("http://key@127.0.0.1:" + server.getAddress().getPort() + "/1");
                    LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
                    SentryAppender appender = new SentryAppender();
                    appender.setOptions(options);
                    appender.setContext(context);
                    appender.start();
                    Logger logger = context.getLogger("app");
                    logger.addAppender(appender);
                    MDC.put("user", "mdc-" + secret);
                    logger.info("crumb-{}", secret);
                    logger.error("message-{}", secret, new IllegalStateException("exception-" + secret));
                    Sentry.captureMessage("captured-" + secret);
                    Sentry.close();
                    server.stop(0);
                    synchronized (posted) {
                        Files.write(Path.of(file[0]), posted.toByteArray());
                    }
                    System.exit(0);
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void getsMaskedItemsOfTheirLength(Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result =
                Compiled.in(folder, "others.logback-1.5", SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        String envelopes = Files.readString(sent);
        assertThat(Canary.leaksFrom(envelopes)).isFalse();
        assertThat(envelopes)
                .contains("message-***")
                .contains("exception-***")
                .contains("crumb-***")
                .contains("mdc-***")
                .contains("captured-***");
        assertThatLengthsAreRight(envelopes);
    }

    /** A line that tells the length of the next one. */
    private static void assertThatLengthsAreRight(String envelopes) {
        String[] lines = envelopes.split("\n", -1);
        int events = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].contains("\"type\":\"event\"") && lines[i].contains("\"length\":")) {
                assertThat(lines[i]).contains("\"length\":" + lines[i + 1].length());
                events++;
            }
        }
        assertThat(events).as(envelopes).isEqualTo(2);
    }
}
