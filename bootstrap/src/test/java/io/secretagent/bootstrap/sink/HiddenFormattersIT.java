package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A formatter of a class that nobody may rewrite: the handlers that are known mask what it brings. */
class HiddenFormattersIT {
    private static final String OWN = """
            import java.io.*;
            import java.lang.invoke.MethodHandles;
            import java.net.*;
            import java.nio.file.*;
            import java.util.logging.*;

            public class Own {
                public static class Hidden extends Formatter {
                    @Override
                    public String format(LogRecord logged) {
                        return "formatted " + logged.getParameters()[0] + "\\n";
                    }
                }

                public static void main(String[] file) throws Exception {
                    InputStream in = Own.class.getResourceAsStream("Own$Hidden.class");
                    Formatter formatter = (Formatter) MethodHandles.lookup()
                            .defineHiddenClass(in.readAllBytes(), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
                    LogRecord logged = new LogRecord(Level.SEVERE, "message");
                    logged.setParameters(new Object[] {System.getProperty("canary")});
                    Path sent = Path.of(file[0]);
                    log(formatter, logged, sent);
                }

                HANDLERS
            }
            """;

    private static final String JUL = """
                static void log(Formatter formatter, LogRecord logged, Path sent) throws Exception {
                    StreamHandler handler = new StreamHandler(Files.newOutputStream(sent), formatter);
                    handler.publish(logged);
                    handler.close();
                    // The JDK's own, which may not be rewritten for what they extend, asked by anybody.
                    logged.setThrown(new Exception("formatted " + logged.getParameters()[0]));
                    for (Formatter asked : new Formatter[] {new SimpleFormatter(), new XMLFormatter()}) {
                        for (String line : asked.format(logged).split("\\n")) {
                            if (line.contains("formatted ")) {
                                Files.writeString(
                                        sent,
                                        line.substring(line.indexOf("formatted ")) + "\\n",
                                        StandardOpenOption.APPEND);
                            }
                        }
                    }
                }
            """;

    private static final String JULI = """
                static void log(Formatter formatter, LogRecord logged, Path sent) throws Exception {
                    Path folder = Files.createDirectory(sent.resolveSibling("juli"));
                    var handler = new org.apache.juli.FileHandler(folder.toString(), "own", ".log");
                    handler.setFormatter(formatter);
                    handler.publish(logged);
                    handler.close();
                    try (var logs = Files.list(folder)) {
                        Files.move(logs.findAny().get(), sent);
                    }
                }
            """;

    private static final String JBOSS = """
                static void log(Formatter formatter, LogRecord logged, Path sent) throws Exception {
                    var file = new org.jboss.logmanager.handlers.FileHandler(formatter, sent.toFile());
                    publish(file, formatter, logged);
                    InetAddress here = InetAddress.getLoopbackAddress();
                    try (ServerSocket server = new ServerSocket(0, 1, here);
                            DatagramSocket datagrams = new DatagramSocket(0, here)) {
                        var socket = new org.jboss.logmanager.handlers.SocketHandler(here, server.getLocalPort());
                        publish(socket, formatter, logged);
                        try (InputStream in = server.accept().getInputStream()) {
                            Files.write(sent, in.readAllBytes(), StandardOpenOption.APPEND);
                        }
                        var syslog =
                                new org.jboss.logmanager.handlers.SyslogHandler(here, datagrams.getLocalPort());
                        publish(syslog, formatter, logged);
                        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                        datagrams.receive(packet);
                        String text = new String(packet.getData(), 0, packet.getLength());
                        Files.writeString(
                                sent, text.substring(text.indexOf("formatted")), StandardOpenOption.APPEND);
                    }
                }

                static void publish(Handler handler, Formatter formatter, LogRecord logged) {
                    handler.setFormatter(formatter);
                    handler.publish(logged);
                    handler.close();
                }
            """;

    @TempDir
    Path folder;

    static List<Arguments> handlers() {
        return Jdks.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of("h2", jdk, JUL, 3),
                        Arguments.of("juli-11", jdk, JULI, 1),
                        Arguments.of("jboss-logmanager-3.1", jdk, JBOSS, 3)))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("handlers")
    void areMaskedInKnownHandlers(String version, Jdks.Jdk jdk, String handlers, int count) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result =
                Compiled.in(folder, version, OWN.replace("HANDLERS", handlers)).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent)).hasSize(count).allMatch(line -> line.startsWith("formatted ***"));
        assertThat(Canary.leaksFrom(result.out() + result.err())).isFalse();
    }
}
