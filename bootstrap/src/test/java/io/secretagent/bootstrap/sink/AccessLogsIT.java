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

/** Who asked a server for what: the server itself writes it, without any framework, and a token may be in a query. */
class AccessLogsIT {
    /** Asks a server for the secret, as a query and as a header, in two requests. */
    private static final String ASK = """
                static void ask(int port) throws Exception {
                    String secret = System.getProperty("canary");
                    for (int i = 0; i < 2; i++) {
                        java.net.HttpURLConnection asked = (java.net.HttpURLConnection) new java.net.URL("http://127.0.0.1:"
                                + port + "/path?token=" + java.net.URLEncoder.encode(secret, "UTF-8")).openConnection();
                        asked.setRequestProperty("Referer", "http://other/?basic=" + java.util.Base64.getEncoder()
                                .encodeToString(("user:" + secret).getBytes("UTF-8")));
                        asked.getResponseCode();
                    }
                }

                /** A server may answer before it logs. */
                static void await(String log) throws Exception {
                    while (java.nio.file.Files.readAllLines(java.nio.file.Path.of(log)).stream()
                            .filter(line -> line.contains("/path")).count() < 2) {
                        Thread.sleep(10);
                    }
                }
            """;

    private static final String TOMCAT = """
            import java.io.File;
            import javax.servlet.http.*;
            import org.apache.catalina.Context;
            import org.apache.catalina.startup.Tomcat;
            import org.apache.catalina.valves.*;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    Tomcat tomcat = new Tomcat();
                    tomcat.setBaseDir(logs[1]);
                    tomcat.setPort(0);
                    tomcat.getConnector().setProperty("address", "127.0.0.1");
                    Context context = tomcat.addContext("", logs[1]);
                    Tomcat.addServlet(context, "all", new HttpServlet() {
                        @Override
                        protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
                    });
                    context.addServletMappingDecoded("/*", "all");
                    AccessLogValve plain = new AccessLogValve();
                    plain.setPattern("combined");
                    add(context, plain, logs[0], "plain");
                    ExtendedAccessLogValve extended = new ExtendedAccessLogValve();
                    extended.setPattern("cs-method cs-uri cs(Referer)");
                    add(context, extended, logs[0], "extended");
                    JsonAccessLogValve json = new JsonAccessLogValve();
                    json.setPattern("combined");
                    add(context, json, logs[0], "json");
                    tomcat.start();
                    ask(tomcat.getConnector().getLocalPort());
                    await(logs[0] + "/plain.log");
                    await(logs[0] + "/extended.log");
                    await(logs[0] + "/json.log");
                    tomcat.stop();
                }

                static void add(Context context, AccessLogValve valve, String folder, String name) {
                    valve.setDirectory(folder);
                    valve.setPrefix(name);
                    valve.setSuffix(".log");
                    valve.setRotatable(false);
                    valve.setBuffered(false);
                    context.getPipeline().addValve(valve);
                }
            %s}
            """;

    private static final String JETTY_9 = """
            import java.net.InetSocketAddress;
            import org.eclipse.jetty.server.*;
            import org.eclipse.jetty.server.handler.RequestLogHandler;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
                    server.setRequestLog(new CustomRequestLog(
                            new RequestLogWriter(logs[0] + "/plain.log"), CustomRequestLog.EXTENDED_NCSA_FORMAT));
                    RequestLogHandler older = new RequestLogHandler();
                    older.setRequestLog(new NCSARequestLog(logs[0] + "/ncsa.log"));
                    server.setHandler(older);
                    server.start();
                    ask(((ServerConnector) server.getConnectors()[0]).getLocalPort());
                    await(logs[0] + "/plain.log");
                    await(logs[0] + "/ncsa.log");
                    server.stop();
                }
            %s}
            """;

    private static final String JETTY_9_4_11 = """
            import java.net.InetSocketAddress;
            import org.eclipse.jetty.server.*;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
                    server.setRequestLog(new NCSARequestLog(logs[0] + "/ncsa.log"));
                    server.start();
                    ask(((ServerConnector) server.getConnectors()[0]).getLocalPort());
                    await(logs[0] + "/ncsa.log");
                    server.stop();
                }
            %s}
            """;

    private static final String JETTY_12 = """
            import java.net.InetSocketAddress;
            import org.eclipse.jetty.server.*;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
                    server.setRequestLog(new CustomRequestLog(
                            new AsyncRequestLogWriter(logs[0] + "/plain.log"), CustomRequestLog.EXTENDED_NCSA_FORMAT));
                    server.start();
                    ask(((ServerConnector) server.getConnectors()[0]).getLocalPort());
                    await(logs[0] + "/plain.log");
                    server.stop();
                }
            %s}
            """;

    private static final String UNDERTOW = """
            import io.undertow.Undertow;
            import io.undertow.server.handlers.accesslog.*;
            import java.net.InetSocketAddress;
            import java.nio.file.Path;
            import java.util.concurrent.*;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    ExecutorService writer = Executors.newSingleThreadExecutor();
                    DefaultAccessLogReceiver receiver =
                            new DefaultAccessLogReceiver(writer, Path.of(logs[0]), "plain.", "log", false);
                    Undertow server = Undertow.builder()
                            .addHttpListener(0, "127.0.0.1")
                            .setHandler(new AccessLogHandler(
                                    exchange -> exchange.getResponseSender().send("done"),
                                    receiver,
                                    "combined",
                                    Own.class.getClassLoader()))
                            .build();
                    server.start();
                    ask(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
                    server.stop();
                    receiver.close();
                    writer.shutdown();
                    writer.awaitTermination(30, TimeUnit.SECONDS);
                }
            %s}
            """;

    /** What writes the file, told by the test what a whole Quarkus would tell it. */
    private static final String QUARKUS = """
            import io.quarkus.vertx.http.runtime.filters.accesslog.DefaultAccessLogReceiver;
            import java.net.URLEncoder;
            import java.nio.file.Path;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    String secret = URLEncoder.encode(System.getProperty("canary"), "UTF-8");
                    DefaultAccessLogReceiver receiver =
                            new DefaultAccessLogReceiver(Runnable::run, Path.of(logs[0]), "plain.", "log", false);
                    receiver.logMessage("GET /path?token=" + secret);
                    receiver.logMessage("GET /path?token=" + secret);
                    receiver.close();
                }
            %s}
            """;

    private static final String GRIZZLY = """
            import org.glassfish.grizzly.http.server.*;
            import org.glassfish.grizzly.http.server.accesslog.*;

            public class Own {
                public static void main(String[] logs) throws Exception {
                    HttpServer server = new HttpServer();
                    NetworkListener listener = new NetworkListener("all", "127.0.0.1", 0);
                    server.addListener(listener);
                    new AccessLogBuilder(logs[0] + "/plain.log")
                            .format(ApacheLogFormat.COMBINED_FORMAT)
                            .instrument(server.getServerConfiguration());
                    new AccessLogBuilder(logs[0] + "/rotated.log")
                            .format("%%r %%{Referer}i")
                            .rotatedDaily()
                            .synchronous(true)
                            .instrument(server.getServerConfiguration());
                    server.start();
                    ask(listener.getPort());
                    await(logs[0] + "/plain.log");
                    await(logs[0] + "/rotated.log");
                    server.shutdownNow();
                }
            %s}
            """;

    @TempDir
    Path folder;

    static List<Arguments> servers() {
        return Stream.of(
                        Arguments.of("tomcat-9", TOMCAT, List.of("plain", "extended", "json")),
                        Arguments.of(
                                "tomcat-11",
                                TOMCAT.replace("javax.", "jakarta."),
                                List.of("plain", "extended", "json")),
                        Arguments.of("jetty-server-9", JETTY_9, List.of("plain", "ncsa")),
                        Arguments.of("jetty-request-log-9", JETTY_9_4_11, List.of("ncsa")),
                        Arguments.of("jetty-server-12", JETTY_12, List.of("plain")),
                        Arguments.of("undertow-2.0", UNDERTOW, List.of("plain")),
                        Arguments.of("undertow-2.3", UNDERTOW, List.of("plain")),
                        Arguments.of("quarkus-3", QUARKUS, List.of("plain")),
                        Arguments.of("grizzly-2.4", GRIZZLY, List.of("plain", "rotated")),
                        Arguments.of("grizzly-4.0", GRIZZLY, List.of("plain", "rotated")))
                .flatMap(server -> Jdks.all().stream()
                        .map(jdk -> Arguments.of(server.get()[0], jdk, server.get()[1], server.get()[2])))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("servers")
    void areMasked(String version, Jdks.Jdk jdk, String source, List<String> names) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path work = Files.createDirectory(folder.resolve("work"));

        ChildJvm.Result result =
                Compiled.in(folder, version, source.formatted(ASK)).run(jdk, logs, work);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("may log unmasked");
        for (String name : names) {
            String log = Files.readString(logs.resolve(name + ".log"));
            assertThat(log.lines().filter(line -> line.contains("/path")).toList())
                    .as(name)
                    .hasSize(2)
                    .allMatch(line -> line.contains("token=***"));
        }
        Canary.isNowhere(result, logs);
    }
}
