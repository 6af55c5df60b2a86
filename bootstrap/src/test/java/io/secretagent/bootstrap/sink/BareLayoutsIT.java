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

/** Encoders and layouts that extend nothing of Logback's: its own appenders mask what these bring. */
class BareLayoutsIT {
    private static final String OWN = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.net.*;
            import ch.qos.logback.classic.spi.*;
            import ch.qos.logback.core.*;
            import ch.qos.logback.core.encoder.*;
            import ch.qos.logback.core.helpers.CyclicBuffer;
            import java.io.*;
            import java.lang.reflect.Proxy;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.*;

            @SuppressWarnings("unchecked")
            public class Own {
                static final String SECRET = System.getProperty("canary");

                public static void main(String[] file) throws Exception {
                    Path sent = Path.of(file[0]);
                    LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
                    context.reset();
                    LoggingEvent event =
                            new LoggingEvent("Own", context.getLogger("app"), Level.ERROR, "message", null, null);
                    List<String> lines = new ArrayList<>();
                    for (boolean prudent : new boolean[] {false, true}) {
                        Path log = sent.resolveSibling("log-" + prudent);
                        FileAppender<ILoggingEvent> appender = new FileAppender<>();
                        appender.setContext(context);
                        appender.setFile(log.toString());
                        appender.setPrudent(prudent);
                        appender.setEncoder((Encoder<ILoggingEvent>) bare(Encoder.class));
                        appender.start();
                        appender.doAppend(event);
                        appender.stop();
                        lines.addAll(Files.readAllLines(log));
                    }
                    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                        SyslogAppender appender = new SyslogAppender() {
                            @Override
                            public Layout<ILoggingEvent> buildLayout() {
                                return (Layout<ILoggingEvent>) bare(Layout.class);
                            }
                        };
                        appender.setContext(context);
                        appender.setSyslogHost("127.0.0.1");
                        appender.setPort(server.getLocalPort());
                        appender.setFacility("USER");
                        appender.start();
                        appender.doAppend(event);
                        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                        server.receive(packet);
                        lines.add("syslog " + new String(packet.getData(), 0, packet.getLength()).trim());
                        appender.stop();
                    }
                    LayoutWrappingEncoder<ILoggingEvent> wrapping = new LayoutWrappingEncoder<>();
                    wrapping.setLayout((Layout<ILoggingEvent>) bare(Layout.class));
                    lines.add("wrapped " + new String(wrapping.encode(event), StandardCharsets.UTF_8));
                    lines.add("mail " + new Mail().body(event));
                    lines.add(new Mail().subject(context, event));
                    Files.write(sent, lines);
                }

                static Object bare(Class<?> type) {
                    return Proxy.newProxyInstance(
                            Own.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                                    switch (method.getName()) {
                                        case "encode", "headerBytes", "footerBytes" ->
                                            (method.getName() + " " + SECRET + "\\n")
                                                    .getBytes(StandardCharsets.UTF_8);
                                        case "doLayout" -> "layout " + SECRET;
                                        case "getContentType" -> "text/plain";
                                        case "isStarted" -> true;
                                        case "equals" -> proxy == arguments[0];
                                        case "hashCode" -> 1;
                                        case "toString" -> "bare";
                                        default -> null;
                                    });
                }

                static class Mail extends SMTPAppender {
                    String body(ILoggingEvent event) {
                        setLayout((Layout<ILoggingEvent>) bare(Layout.class));
                        CyclicBuffer<ILoggingEvent> events = new CyclicBuffer<>(1);
                        events.add(event);
                        StringBuffer body = new StringBuffer();
                        fillBuffer(events, body);
                        return body.toString();
                    }

                    String subject(LoggerContext context, ILoggingEvent event) throws Exception {
                        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                            Future<String> subject = CompletableFuture.supplyAsync(() -> received(server));
                            setContext(context);
                            setSmtpHost("127.0.0.1");
                            setSmtpPort(server.getLocalPort());
                            addTo("to@localhost");
                            setFrom("from@localhost");
                            setLayout((Layout<ILoggingEvent>) bare(Layout.class));
                            setAsynchronousSending(false);
                            start();
                            doAppend(event);
                            return subject.get(30, TimeUnit.SECONDS);
                        }
                    }

                    @Override
                    protected Layout<ILoggingEvent> makeSubjectLayout(String pattern) {
                        return (Layout<ILoggingEvent>) bare(Layout.class);
                    }

                    /** The subject of the one mail that a server gets. */
                    static String received(ServerSocket server) {
                        try (Socket client = server.accept();
                                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
                                PrintStream out = new PrintStream(client.getOutputStream(), true)) {
                            out.print("220 mail\\r\\n");
                            String subject = "none";
                            for (String line = in.readLine(); line != null; line = in.readLine()) {
                                if (line.startsWith("Subject: ")) {
                                    subject = line;
                                }
                                if (line.equals("DATA")) {
                                    out.print("354 go on\\r\\n");
                                } else if (line.equals(".") || line.matches("(EHLO|MAIL|RCPT|QUIT).*")) {
                                    out.print("250 done\\r\\n");
                                }
                            }
                            return subject;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
            }
            """;

    private static final String LOGSTASH = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.spi.*;
            import ch.qos.logback.core.*;
            import ch.qos.logback.core.encoder.Encoder;
            import java.io.*;
            import java.lang.reflect.Proxy;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.util.*;
            import net.logstash.logback.appender.*;

            @SuppressWarnings("unchecked")
            public class Own {
                static final String SECRET = System.getProperty("canary");

                public static void main(String[] file) throws Exception {
                    LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
                    context.reset();
                    LoggingEvent event =
                            new LoggingEvent("Own", context.getLogger("app"), Level.ERROR, "message", null, null);
                    InetAddress here = InetAddress.getLoopbackAddress();
                    List<String> lines = new ArrayList<>();
                    try (DatagramSocket server = new DatagramSocket(0, here)) {
                        LogstashUdpSocketAppender appender = new LogstashUdpSocketAppender();
                        appender.setContext(context);
                        appender.setHost("127.0.0.1");
                        appender.setPort(server.getLocalPort());
                        appender.setLayout((Layout<ILoggingEvent>) bare(Layout.class));
                        appender.start();
                        appender.doAppend(event);
                        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                        server.receive(packet);
                        lines.add(new String(packet.getData(), 0, packet.getLength()).trim());
                        appender.stop();
                    }
                    try (ServerSocket server = new ServerSocket(0, 1, here)) {
                        LogstashTcpSocketAppender appender = new LogstashTcpSocketAppender();
                        appender.setContext(context);
                        appender.addDestination("127.0.0.1:" + server.getLocalPort());
                        appender.setEncoder((Encoder<ILoggingEvent>) bare(Encoder.class));
                        appender.start();
                        appender.doAppend(event);
                        lines.add(new BufferedReader(new InputStreamReader(server.accept().getInputStream()))
                                .readLine());
                        appender.stop();
                    }
                    Files.write(Path.of(file[0]), lines);
                }

                BARE
            }
            """;

    private static final String BARE =
            OWN.substring(OWN.indexOf("static Object bare"), OWN.indexOf("static class Mail"));

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("logback-1.2", "logback-1.5");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void areMaskedInLogbacksAppenders(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, OWN).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent))
                .containsSubsequence("headerBytes ***", "encode ***", "footerBytes ***", "encode ***")
                .contains("syslog layout ***", "wrapped layout ***", "mail layout ***", "Subject: layout ***");
        assertThat(Canary.leaksFrom(Files.readString(sent) + result.out() + result.err()))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void areMaskedInLogstashsAppenders(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result =
                Compiled.in(folder, version, LOGSTASH.replace("BARE", BARE)).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent)).containsExactly("layout ***", "encode ***");
        assertThat(Canary.leaksFrom(result.out() + result.err())).isFalse();
    }
}
