package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs to which no bridge from SLF4J leads. */
class UnbridgedIT {
    private static final String TINYLOG = """
            import java.nio.file.*;
            import org.pmw.tinylog.*;
            import org.pmw.tinylog.writers.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    Configurator.defaultConfig()
                            .formatPattern("layout " + secret + " {thread} {context:user} {message}")
                            .writer(new FileWriter(folder[0] + "/file.log"))
                            .addWriter(new RollingFileWriter(folder[0] + "/rolling.log", 1))
                            .addWriter(new SharedFileWriter(folder[0] + "/shared.log"))
                            .addWriter(new ConsoleWriter())
                            .activate();
                    LoggingContext.put("user", secret);
                    Thread.currentThread().setName("thread-" + secret);
                    Logger.info("message {}", secret);
                    Logger.error(new IllegalStateException(secret, new RuntimeException(secret)), "failed");
                }
            }
            """;

    private static final String TINYLOG_TO_A_DATABASE = """
            import java.nio.file.*;
            import java.sql.*;
            import java.util.List;
            import org.pmw.tinylog.*;
            import org.pmw.tinylog.writers.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    String url = "jdbc:h2:mem:logs;DB_CLOSE_DELAY=-1";
                    try (Connection database = DriverManager.getConnection(url);
                            Statement statement = database.createStatement()) {
                        statement.execute("create table logs (message varchar, trace varchar)");
                        Configurator.defaultConfig()
                                .writer(new JdbcWriter(url, "LOGS", List.of(
                                        JdbcWriter.Value.MESSAGE, JdbcWriter.Value.EXCEPTION)))
                                .activate();
                        Logger.error(new IllegalStateException(secret), "message {}", secret);
                        statement.execute("call csvwrite('" + folder[0] + "/database.log', 'select * from logs')");
                    }
                }
            }
            """;

    /** A column whose pattern is one token, without braces, has that token's own way into the database. */
    private static final String TINYLOG_2_TO_A_DATABASE = """
            import java.sql.*;
            import java.util.*;
            import org.tinylog.*;
            import org.tinylog.configuration.Configuration;
            import org.tinylog.provider.ProviderRegistry;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    String url = "jdbc:h2:mem:logs;DB_CLOSE_DELAY=-1";
                    List<String> patterns = List.of(
                            "several {message-only}",
                            "message-only",
                            "message",
                            "exception",
                            "thread",
                            "context: user",
                            "tag",
                            "plain " + secret,
                            "message-only|indent=2",
                            "message-only|min-size=40",
                            "message-only|max-size=40",
                            "message-only|size=40");
                    try (Connection database = DriverManager.getConnection(url);
                            Statement statement = database.createStatement()) {
                        statement.execute("create table logs (c0 varchar)");
                        Configuration.set("writer", "jdbc");
                        Configuration.set("writer.url", url);
                        Configuration.set("writer.table", "LOGS");
                        for (int i = 0; i < patterns.size(); i++) {
                            statement.execute("alter table logs add column if not exists c" + i + " varchar");
                            Configuration.set("writer.field.C" + i, patterns.get(i));
                        }
                        ThreadContext.put("user", "context-" + secret);
                        Thread.currentThread().setName("thread-" + secret);
                        Logger.tag("tag-" + secret)
                                .error(new IllegalStateException("exception-" + secret), "message-{}", secret);
                        ProviderRegistry.getLoggingProvider().shutdown();
                        ResultSet row = statement.executeQuery("select * from logs");
                        row.next();
                        for (int i = 0; i < patterns.size(); i++) {
                            java.nio.file.Files.writeString(
                                    java.nio.file.Path.of(folder[0], "column" + i + ".log"), row.getString("c" + i));
                        }
                    }
                }
            }
            """;

    private static final String TRACES = """
            import java.io.*;
            import java.sql.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    PrintWriter traces = new PrintWriter(folder[0] + "/driver.log", "UTF-8");
                    DriverManager.setLogWriter(traces);
                    DriverManager.setLogWriter(DriverManager.getLogWriter());
                    DriverManager.println("printed " + secret);
                    DriverManager.getLogWriter().println(("written " + secret).toCharArray());
                    DriverManager.getLogWriter().printf("formatted %s%n", secret);
                    String url = "jdbc:h2:file:" + folder[0] + "/db;TRACE_LEVEL_FILE=3;USER=sa;PASSWORD=" + secret;
                    try (Connection database = DriverManager.getConnection(url);
                            Statement statement = database.createStatement()) {
                        statement.execute("select 'kept', '" + secret + "'");
                        statement.execute("wrong '" + secret + "'");
                    } catch (SQLException e) {
                        System.out.println("told " + e.getMessage().contains(secret));
                    }
                    traces.close();
                }
            }
            """;

    private static final String SLF4J_SIMPLE = """
            import org.slf4j.LoggerFactory;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    System.setProperty("org.slf4j.simpleLogger.logFile", folder[0] + "/file.log");
                    String secret = System.getProperty("canary");
                    LoggerFactory.getLogger("app").info("message {}", secret);
                    LoggerFactory.getLogger("app").info("z".repeat(8150) + secret);
                    LoggerFactory.getLogger("app").error("failed", new IllegalStateException(secret));
                    LoggerFactory.getLogger("logger-" + secret).info("clean, done");
                }
            }
            """;

    private static final String P6SPY = """
            import java.nio.file.*;
            import java.sql.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    System.setProperty("p6spy.config.logfile", folder[0] + "/file.log");
                    String secret = System.getProperty("canary");
                    try (Connection database = DriverManager.getConnection("jdbc:p6spy:h2:mem:logs");
                            PreparedStatement statement = database.prepareStatement("select 'kept', ?")) {
                        statement.setString(1, secret);
                        statement.execute();
                    }
                }
            }
            """;

    private static final String DERBY = """
            import java.io.*;
            import java.sql.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    file = folder[0] + "/file.log";
                    System.setProperty("derby.stream.error.file", file);
                    System.setProperty("derby.language.logStatementText", "true");
                    String secret = System.getProperty("canary");
                    try (Connection database = DriverManager.getConnection("jdbc:derby:memory:logs;create=true");
                            PreparedStatement statement =
                                    database.prepareStatement("values ('kept', cast(? as varchar(100)))")) {
                        statement.setString(1, secret);
                        statement.execute();
                        database.createStatement().execute("values '" + secret + "'");
                    }
                }

                private static String file;

                public static Writer writer() throws IOException {
                    return new FileWriter(file);
                }
            }
            """;

    private static final String NETTY = """
            import io.netty.buffer.*;
            import io.netty.channel.embedded.EmbeddedChannel;
            import io.netty.handler.logging.*;
            import io.netty.util.internal.logging.*;
            import java.nio.charset.StandardCharsets;
            import java.util.logging.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    FileHandler handler = new FileHandler(folder[0] + "/file.log");
                    handler.setFormatter(new SimpleFormatter());
                    handler.setLevel(Level.ALL);
                    Logger.getLogger("").addHandler(handler);
                    Logger.getLogger("").setLevel(Level.ALL);
                    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
                    ByteBuf bytes = Unpooled.copiedBuffer(
                            "Authorization: Bearer " + System.getProperty("canary") + " and more",
                            StandardCharsets.UTF_8);
                    EmbeddedChannel channel = new EmbeddedChannel(new LoggingHandler(LogLevel.DEBUG));
                    channel.writeInbound(bytes.copy());
                    System.out.println("kept " + bytes.equals(channel.readInbound()));
                    Logger.getLogger("app").info(ByteBufUtil.prettyHexDump(bytes));
                    StringBuilder asReactorDoes = new StringBuilder("wiretap ");
                    ByteBufUtil.appendPrettyHexDump(asReactorDoes, bytes);
                    Logger.getLogger("app").info(asReactorDoes.toString());
                    handler.close();
                }
            }
            """;

    private static final String FLOGGER = """
            import com.google.common.flogger.FluentLogger;
            import java.util.logging.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    FileHandler handler = new FileHandler(folder[0] + "/file.log");
                    handler.setFormatter(new SimpleFormatter());
                    Logger.getLogger("").addHandler(handler);
                    FluentLogger logger = FluentLogger.forEnclosingClass();
                    logger.atInfo().log("message %s", secret);
                    logger.atSevere().withCause(new IllegalStateException(secret)).log("failed");
                    handler.close();
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void tinylog1IsMasked(Jdks.Jdk jdk) throws Exception {
        Path logs = run("tinylog-1.3", TINYLOG, jdk);

        for (String file : new String[] {"file", "rolling", "shared"}) {
            String log = Files.readString(logs.resolve(file + ".log"));
            assertThat(log)
                    .as(file)
                    .contains("layout *** thread-*** *** message ***")
                    .contains("Exception: ***");
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void tinylog1IsMaskedInADatabase(Jdks.Jdk jdk) throws Exception {
        Path logs = run("tinylog-1.3", TINYLOG_TO_A_DATABASE, jdk);

        assertThat(Files.readString(logs.resolve("database.log")))
                .contains("message ***")
                .contains("Exception: ***");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void tinylog2IsMaskedInEachColumnOfADatabase(Jdks.Jdk jdk) throws Exception {
        for (String version : new String[] {"tinylog-2.0", "tinylog-2.7"}) {
            Path logs = run(version, TINYLOG_2_TO_A_DATABASE, jdk);

            for (int i = 0; i < 12; i++) {
                assertThat(Files.readString(logs.resolve("column" + i + ".log")))
                        .as(version + " " + i)
                        .contains("***");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void floggerIsMaskedAsJulIs(Jdks.Jdk jdk) throws Exception {
        Path logs = run("flogger-0.8", FLOGGER, jdk);

        assertThat(Files.readString(logs.resolve("file.log")))
                .contains("message ***")
                .contains("Exception: ***");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void slf4jSimpleIsMaskedInAFileOfItsOwn(Jdks.Jdk jdk) throws Exception {
        for (String version : new String[] {"slf4j-simple-1.7", "slf4j-simple-2.0"}) {
            assertThat(Files.readString(run(version, SLF4J_SIMPLE, jdk).resolve("file.log")))
                    .contains("message ***")
                    .contains("zzz***")
                    .contains("Exception: ***")
                    .contains("logger-*** - clean, done");
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void statementsThatP6SpyLogsAreMasked(Jdks.Jdk jdk) throws Exception {
        assertThat(Files.readString(run("p6spy-3.9", P6SPY, jdk).resolve("file.log")))
                .contains("select 'kept', '***'");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void statementsThatDerbyLogsAreMasked(Jdks.Jdk jdk) throws Exception {
        for (String version : new String[] {"derby-10.14", "derby-10.16"}) {
            for (String source : new String[] {DERBY, DERBY.replace("file\", file", "method\", \"Own.writer\"")}) {
                assertThat(Files.readString(run(version, source, jdk).resolve("file.log")))
                        .contains("values ('kept', ")
                        .contains("values '***'");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void whatNettyShowsOfItsBytesIsMasked(Jdks.Jdk jdk) throws Exception {
        String log = Files.readString(run("netty-4.1", NETTY, jdk).resolve("file.log"));

        assertThat(log).contains("READ: ").contains("|earer *** and mo|");
        // Sixteen bytes a line, of which no piece must be left.
        assertThat(log).doesNotContain("63 61 6e 61").doesNotContain("cana").doesNotContain("kR7");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void tracesOfDriversAreMasked(Jdks.Jdk jdk) throws Exception {
        Path logs = run("h2", TRACES, jdk);

        assertThat(Files.readString(logs.resolve("driver.log")))
                .contains("printed ***")
                .contains("written ***")
                .contains("formatted ***")
                .contains("PASSWORD=***");
        assertThat(Files.readString(logs.resolve("db.trace.db"))).contains("select 'kept', '***'");
    }

    /** The folder that it logged to. */
    private Path run(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path own = Files.createTempDirectory(folder, "own");
        Path logs = Files.createDirectory(own.resolve("logs"));
        ChildJvm.Result result = Compiled.in(own, version, source).run(jdk, logs);
        assertThat(result.exit()).as(result.err()).isZero();
        Canary.isNowhere(result, logs);
        return logs;
    }
}
