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

/** A layout that extends nothing of Log4j 2's: its own appenders, and what others extend, mask what it brings. */
class BareLog4jLayoutsIT {
    private static final String SOURCE = """
            import com.sun.net.httpserver.HttpServer;
            import java.io.*;
            import java.net.*;
            import java.nio.charset.*;
            import java.nio.file.*;
            import java.sql.*;
            import java.util.*;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.*;
            import org.apache.logging.log4j.core.appender.db.ColumnMapping;
            import org.apache.logging.log4j.core.appender.db.jdbc.*;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.impl.Log4jLogEvent;
            import org.apache.logging.log4j.core.layout.*;
            import org.apache.logging.log4j.message.*;

            public class Own implements StringLayout {
                static final String SECRET = System.getProperty("canary");
                static final LogEvent EVENT = event(new SimpleMessage("message"));
                static final String DATABASE = "jdbc:h2:mem:logs;DB_CLOSE_DELAY=-1";

                public static void main(String[] file) throws Exception {
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    Configuration configuration = context.getConfiguration();
                    List<String> lines = new ArrayList<>();

                    StringWriter written = new StringWriter();
                    append(WriterAppender.createAppender(new Own(), null, written, "writer", false, false));
                    lines.add("writer " + written);

                    append(new AbstractAppender("others", null, new Own(), false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            lines.add("others " + toSerializable(event));
                        }
                    });

                    Path log = Path.of(file[0]).resolveSibling("log");
                    append(FileAppender.newBuilder()
                            .setName("file")
                            .withFileName(log.toString())
                            .setLayout(new Own())
                            .setConfiguration(configuration)
                            .build());
                    lines.add("file " + Files.readString(log));

                    Path mapped = Path.of(file[0]).resolveSibling("mapped");
                    append(MemoryMappedFileAppender.newBuilder()
                            .setName("mapped")
                            .setFileName(mapped.toString())
                            .setLayout(new Own())
                            .setConfiguration(configuration)
                            .build());
                    lines.add("mapped " + Files.readString(mapped));

                    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        append(SocketAppender.newBuilder()
                                .setName("socket")
                                .setHost("127.0.0.1")
                                .setPort(server.getLocalPort())
                                .setLayout(new Own())
                                .setConfiguration(configuration)
                                .build());
                        byte[] received = server.accept().getInputStream().readAllBytes();
                        lines.add("socket " + new String(received, StandardCharsets.UTF_8));
                    }

                    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                    server.createContext("/", exchange -> {
                        lines.add("http " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
                    server.start();
                    append(HttpAppender.newBuilder()
                            .setName("http")
                            .setUrl(new URL("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                            .setLayout(new Own())
                            .setConfiguration(configuration)
                            .build());
                    server.stop(0);

                    OwnManager manager = new OwnManager();
                    append(new OwnAppender(manager));
                    lines.add("manager " + manager.sent);

                    lines.add("database " + inDatabase(null, new Own(), String.class, EVENT, configuration));
                    lines.add("clob " + inDatabase(null, new Own(), Clob.class, EVENT, configuration));
                    lines.add("map " + inDatabase(
                            MessageLayout.createLayout(),
                            null,
                            String.class,
                            event(new StringMapMessage().with("TEXT", "value " + SECRET)),
                            configuration));
                    Files.write(Path.of(file[0]), lines);
                }

                static LogEvent event(Message message) {
                    return Log4jLogEvent.newBuilder().setMessage(message).build();
                }

                static void append(Appender appender) {
                    append(appender, EVENT);
                }

                static void append(Appender appender, LogEvent event) {
                    appender.start();
                    appender.append(event);
                    appender.stop();
                }

                static String inDatabase(
                        Layout<? extends Serializable> layout,
                        StringLayout ofColumn,
                        Class<?> type,
                        LogEvent event,
                        Configuration configuration)
                        throws SQLException {
                    try (Connection database = DriverManager.getConnection(DATABASE);
                            Statement statement = database.createStatement()) {
                        statement.execute("create table logs (text varchar)");
                        append(
                                JdbcAppender.newBuilder()
                                        .setName("database")
                                        .setTableName("logs")
                                        .setLayout(layout)
                                        .setConnectionSource(DriverManagerConnectionSource.newBuilder()
                                                .setConnectionString(DATABASE)
                                                .build())
                                        .setColumnMappings(ColumnMapping.newBuilder()
                                                .setName("TEXT")
                                                .setLayout(ofColumn)
                                                .setType(type)
                                                .build())
                                        .setColumnConfigs()
                                        .setConfiguration(configuration)
                                        .build(),
                                event);
                        ResultSet rows = statement.executeQuery("select * from logs");
                        rows.next();
                        String text = rows.getString(1);
                        statement.execute("drop table logs");
                        return text;
                    }
                }

                /** Which writes what it gets to nothing of Log4j's. */
                static class OwnManager extends OutputStreamManager {
                    final StringBuilder sent = new StringBuilder();

                    OwnManager() {
                        super(OutputStream.nullOutputStream(), "own", null, false);
                    }

                    @Override
                    protected void write(byte[] bytes, int offset, int length, boolean flushed) {
                        writeToDestination(bytes, offset, length);
                    }

                    @Override
                    protected void writeToDestination(byte[] bytes, int offset, int length) {
                        sent.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                    }
                }

                static class OwnAppender extends AbstractOutputStreamAppender<OwnManager> {
                    OwnAppender(OwnManager manager) {
                        super("own", new Own(), null, false, true, Property.EMPTY_ARRAY, manager);
                    }

                    /** As it does without garbage, and as it does otherwise. */
                    @Override
                    public void append(LogEvent event) {
                        directEncodeEvent(event);
                        getManager().flush();
                        writeByteArrayToManager(event);
                    }
                }

                @Override
                public String toSerializable(LogEvent event) {
                    return "text " + SECRET;
                }

                @Override
                public byte[] toByteArray(LogEvent event) {
                    return ("bytes " + SECRET).getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public void encode(LogEvent event, ByteBufferDestination destination) {
                    byte[] bytes = ("encoded " + SECRET).getBytes(StandardCharsets.UTF_8);
                    destination.writeBytes(bytes, 0, bytes.length);
                }

                @Override
                public Charset getCharset() {
                    return StandardCharsets.UTF_8;
                }

                @Override
                public byte[] getHeader() {
                    return ("header " + SECRET + " ").getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public byte[] getFooter() {
                    return (" footer " + SECRET).getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public String getContentType() {
                    return "text/plain";
                }

                @Override
                public Map<String, String> getContentFormat() {
                    return Map.of();
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void isMasked(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent))
                .containsExactly(
                        "writer header *** text *** footer ***",
                        "others text ***",
                        "file header *** encoded *** footer ***",
                        "mapped encoded *** footer ***",
                        "socket header *** bytes *** footer ***",
                        "http bytes ***",
                        "manager encoded ***bytes ***",
                        "database text ***",
                        "clob text ***",
                        "map value ***");
        assertThat(Canary.leaksFrom(result.out() + result.err())).isFalse();
    }
}
