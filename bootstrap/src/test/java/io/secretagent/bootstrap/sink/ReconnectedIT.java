package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Log4j 1.2's events to a socket whose receiver went away: a thread of the appender's connects anew. */
class ReconnectedIT {
    private static final String SOURCE = """
            import java.io.*;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.util.concurrent.*;
            import org.apache.log4j.*;
            import org.apache.log4j.net.SocketAppender;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        SocketAppender appender = new SocketAppender("127.0.0.1", server.getLocalPort());
                        appender.setReconnectionDelay(10);
                        Logger logger = Logger.getLogger("app");
                        logger.addAppender(appender);
                        server.accept().close();
                        Future<String> received = CompletableFuture.supplyAsync(() -> received(server));
                        while (!received.isDone()) {
                            logger.error("message " + secret);
                            Thread.sleep(10);
                        }
                        Files.writeString(Path.of(file[0]), received.get());
                    }
                }

                static String received(ServerSocket server) {
                    try (Socket again = server.accept()) {
                        String received = "";
                        while (!received.contains("message ")) {
                            byte[] some = new byte[8192];
                            int n = again.getInputStream().read(some);
                            received += new String(some, 0, n, StandardCharsets.UTF_8);
                        }
                        return received;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("log4j-1.2", "reload4j-1.2");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getsMaskedEvents(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(sent)).contains("message ***");
        assertThat(Canary.leaksFrom(Files.readString(sent))).isFalse();
    }
}
