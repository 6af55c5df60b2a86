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

/**
 * Appenders that nobody knows the names of, which ask the framework's layout of patterns for text and send it
 * themselves: appenders to a cloud's logs, to Loki, to syslog and the like are made so.
 */
class OwnAppendersIT {
    private static final String LOGBACK = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import ch.qos.logback.core.AppenderBase;
            import java.nio.file.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    StringBuilder sent = new StringBuilder();
                    LoggerContext context = new LoggerContext();
                    PatternLayout layout = new PatternLayout();
                    layout.setContext(context);
                    layout.setPattern("layout " + secret + " %msg %ex%n");
                    layout.start();
                    AppenderBase<ILoggingEvent> appender = new AppenderBase<ILoggingEvent>() {
                        @Override
                        protected void append(ILoggingEvent event) {
                            sent.append(layout.doLayout(event));
                        }
                    };
                    appender.setContext(context);
                    appender.start();
                    Logger logger = context.getLogger("app");
                    logger.addAppender(appender);
                    logger.error("message {}", secret, new IllegalStateException("exception " + secret));
                    Files.writeString(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String LOG4J = """
            import java.nio.file.*;
            import org.apache.logging.log4j.Level;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.AbstractAppender;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.layout.PatternLayout;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    StringBuilder sent = new StringBuilder();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    PatternLayout layout =
                            PatternLayout.newBuilder().withPattern("layout " + secret + " %m %ex%n").build();
                    Appender appender = new AbstractAppender("own", null, layout, false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            sent.append(layout.toSerializable(event));
                        }
                    };
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app")
                            .error("message {}", secret, new IllegalStateException("exception " + secret));
                    Files.writeString(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String LOG4J_WRITER = """
            import java.io.*;
            import java.nio.file.*;
            import org.apache.logging.log4j.Level;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.WriterAppender;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.layout.PatternLayout;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    StringWriter sent = new StringWriter();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    PatternLayout layout =
                            PatternLayout.newBuilder().withPattern("layout " + secret + " %m %ex%n").build();
                    Appender appender = WriterAppender.createAppender(layout, null, sent, "own", false, false);
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app")
                            .error("message {}", secret, new IllegalStateException("exception " + secret));
                    context.stop();
                    Files.writeString(Path.of(file[0]), sent.toString());
                }
            }
            """;

    /** Appenders that ask an event, and no layout, for what it has. */
    private static final String LOGBACK_PARTS = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.spi.*;
            import ch.qos.logback.core.AppenderBase;
            import java.nio.file.*;
            import java.util.*;
            import org.slf4j.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    List<String> sent = new ArrayList<>();
                    List<ILoggingEvent> events = new ArrayList<>();
                    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
                    context.reset();
                    AppenderBase<ILoggingEvent> appender = new AppenderBase<ILoggingEvent>() {
                        @Override
                        protected void append(ILoggingEvent event) {
                            events.add(event);
                            event.prepareForDeferredProcessing();
                            sent.add(event.getFormattedMessage() + "|" + event.getMessage() + "|"
                                    + Arrays.toString(event.getArgumentArray()) + "|" + event.getThreadName() + "|"
                                    + event.getLoggerName() + "|" + event.getMDCPropertyMap() + "|" + event);
                            for (IThrowableProxy thrown = event.getThrowableProxy();
                                    thrown != null;
                                    thrown = thrown.getCause()) {
                                sent.add(thrown.getMessage() + "|" + thrown.getStackTraceElementProxyArray().length);
                                for (IThrowableProxy suppressed : thrown.getSuppressed()) {
                                    sent.add(suppressed.getMessage());
                                }
                            }
                        }
                    };
                    appender.setContext(context);
                    appender.start();
                    ch.qos.logback.classic.Logger logger = context.getLogger("logger-" + secret);
                    context.getLogger("ROOT").addAppender(appender);
                    Exception thrown = new IllegalStateException("outer " + secret, new Exception("cause " + secret));
                    thrown.addSuppressed(new Exception("suppressed " + secret));
                    Thread.currentThread().setName("thread-" + secret);
                    MDC.put("user", "mdc-" + secret);
                    logger.error("message {} {}", secret, 7, thrown);
                    MDC.clear();
                    Thread.currentThread().setName("main");
                    context.getLogger("clean").error("clean");
                    sent.add("itself " + events.get(1).getClass().getSimpleName());
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String LOG4J_PARTS = """
            import java.nio.file.*;
            import java.util.*;
            import org.apache.logging.log4j.*;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.AbstractAppender;
            import org.apache.logging.log4j.core.config.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    List<String> sent = new ArrayList<>();
                    List<LogEvent> events = new ArrayList<>();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    Appender appender = new AbstractAppender("own", null, null, false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            events.add(event.toImmutable());
                        }
                    };
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    Exception thrown = new IllegalStateException("outer " + secret, new Exception("cause " + secret));
                    thrown.addSuppressed(new Exception("suppressed " + secret));
                    Thread.currentThread().setName("thread-" + secret);
                    ThreadContext.put("user", "mdc-" + secret);
                    ThreadContext.push("stack " + secret);
                    context.getLogger("logger-" + secret).error("message {} {}", secret, 7, thrown);
                    ThreadContext.clearAll();
                    Thread.currentThread().setName("main");
                    context.getLogger("clean").error("clean");
                    for (LogEvent event : events) {
                        sent.add(event.getMessage().getFormattedMessage() + "|" + event.getMessage().getFormat() + "|"
                                + Arrays.toString(event.getMessage().getParameters()) + "|" + event.getThreadName()
                                + "|" + event.getLoggerName() + "|" + event.getContextData().toMap()
                                + event.getContextData().getValue("user") + event.getContextStack());
                        if (event.getThrown() != null) {
                            sent.add(event.getThrown() + "|" + event.getThrown().getCause().getMessage() + "|"
                                    + event.getThrown().getSuppressed()[0].getMessage() + "|"
                                    + event.getThrown().getStackTrace().length);
                            sent.add(event.getThrownProxy().getMessage());
                        }
                    }
                    sent.add("itself " + events.get(1).getClass().getSimpleName());
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String LOG4J_1_PARTS = """
            import java.nio.file.*;
            import java.util.*;
            import org.apache.log4j.*;
            import org.apache.log4j.spi.LoggingEvent;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    List<String> sent = new ArrayList<>();
                    Logger.getRootLogger().addAppender(new AppenderSkeleton() {
                        @Override
                        protected void append(LoggingEvent event) {
                            sent.add(event.getMessage() + "|" + event.getRenderedMessage() + "|" + event.getThreadName()
                                    + "|" + event.getLoggerName() + "|" + event.getMDC("user") + "|" + event.getNDC()
                                    + "|" + event.getLevel());
                            if (event.getThrowableStrRep() != null) {
                                sent.add(String.join(" ", event.getThrowableStrRep()));
                            }
                        }

                        @Override
                        public void close() {}

                        @Override
                        public boolean requiresLayout() {
                            return false;
                        }
                    });
                    Thread.currentThread().setName("thread-" + secret);
                    MDC.put("user", "mdc-" + secret);
                    NDC.push("stack " + secret);
                    Logger.getLogger("logger-" + secret)
                            .error("message " + secret, new IllegalStateException("outer", new Exception(secret)));
                    MDC.remove("user");
                    NDC.pop();
                    Thread.currentThread().setName("main");
                    Logger.getLogger("clean").error("clean");
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String JUL_PARTS = """
            import java.nio.file.*;
            import java.util.*;
            import java.util.logging.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    List<String> sent = new ArrayList<>();
                    List<LogRecord> records = new ArrayList<>();
                    Logger root = Logger.getLogger("");
                    root.addHandler(new Handler() {
                        @Override
                        public void publish(LogRecord record) {
                            records.add(record);
                            sent.add(record.getMessage() + "|" + Arrays.toString(record.getParameters()) + "|"
                                    + record.getLoggerName() + "|" + record.getSourceMethodName() + "|"
                                    + record.getThrown());
                            for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
                                sent.add(thrown.getMessage() + "|" + thrown.getStackTrace().length);
                            }
                        }

                        @Override
                        public void flush() {}

                        @Override
                        public void close() {}
                    });
                    Logger logger = Logger.getLogger("logger-" + secret);
                    logger.log(Level.SEVERE, "message " + secret + " {0} {1}", new Object[] {secret, 7});
                    logger.log(Level.SEVERE, "failed", new IllegalStateException("outer", new Exception(secret)));
                    LogRecord clean = new LogRecord(Level.INFO, "clean");
                    Logger.getLogger("").log(clean);
                    sent.add("itself " + (records.get(2) == clean));
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String JBOSS_PARTS = """
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.CopyOnWriteArrayList;
            import java.util.logging.Level;
            import org.jboss.logmanager.*;

            public class Own extends ExtHandler {
                private final List<String> sent = new CopyOnWriteArrayList<>();

                public static void main(String[] file) throws Exception {
                    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
                    String secret = System.getProperty("canary");
                    Own direct = new Own();
                    Own behind = new Own();
                    ExtHandler between = new BETWEEN();
                    between.addHandler(behind);
                    Logger logger = Logger.getLogger("app");
                    logger.addHandler(direct);
                    logger.addHandler(between);
                    MDC.put("user", secret);
                    NDC.push(secret);
                    Thread.currentThread().setName("thread-" + secret);
                    logger.log("Own", Level.SEVERE, "hello %s %d", ExtLogRecord.FormatStyle.PRINTF,
                            new Object[] {secret, 7}, null);
                    MDC.clear();
                    NDC.clear();
                    Thread.currentThread().setName("main");
                    logger.log("Own", Level.SEVERE, "hello %s " + secret, ExtLogRecord.FormatStyle.PRINTF,
                            new Object[] {"me"}, null);
                    logger.log("Own", Level.SEVERE, "clean {0} %s", ExtLogRecord.FormatStyle.NO_FORMAT, null, null);
                    while (behind.sent.size() < 3) {
                        Thread.sleep(10);
                    }
                    direct.sent.addAll(behind.sent);
                    Files.write(Path.of(file[0]), direct.sent);
                }

                @Override
                protected void doPublish(ExtLogRecord record) {
                    sent.add(record.getFormattedMessage() + "|" + record.getMdcCopy() + "|" + record.getNdc() + "|"
                            + record.getThreadName());
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return onEachJdk("logback-1.2", "logback-1.5", "log4j-2.17", "log4j-2.25");
    }

    static List<Arguments> versionsOfLog4j() {
        return onEachJdk("log4j-2.17", "log4j-2.25");
    }

    private static List<Arguments> onEachJdk(String... versions) {
        return Jdks.each(versions);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getMaskedTextOfTheLayout(String version, Jdks.Jdk jdk) throws Exception {
        assertMasked(version, version.startsWith("logback") ? LOGBACK : LOG4J, jdk);
    }

    /** Log4j 2's own, which takes one from a program only. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versionsOfLog4j")
    void aWriterGetsMaskedText(String version, Jdks.Jdk jdk) throws Exception {
        assertMasked(version, LOG4J_WRITER, jdk);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getMaskedPartsOfAnEvent(String version, Jdks.Jdk jdk) throws Exception {
        assertThat(sent(version, version.startsWith("logback") ? LOGBACK_PARTS : LOG4J_PARTS, jdk))
                .containsExactlyElementsOf(
                        version.startsWith("logback")
                                ? List.of(
                                        "message *** 7|message {} {}|[***, 7]|thread-***|logger-***|{user=mdc-***}|"
                                                + "[ERROR] message *** 7",
                                        "outer ***|1",
                                        "suppressed ***",
                                        "cause ***|1",
                                        "clean|clean|null|main|clean|{}|[ERROR] clean",
                                        "itself LoggingEvent")
                                : List.of(
                                        "message *** 7|message {} {}"
                                                + "|[***, 7, java.lang.IllegalStateException: outer ***]"
                                                + "|thread-***|logger-***|{user=mdc-***}mdc-***[stack ***]",
                                        "java.lang.IllegalStateException: outer ***|cause ***|suppressed ***|1",
                                        "outer ***",
                                        "clean|clean|[]|main|clean|{}null[]",
                                        "itself Log4jLogEvent"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versionsOfLog4j1")
    void getMaskedPartsOfAnEventOfLog4j1(String version, Jdks.Jdk jdk) throws Exception {
        assertThat(sent(version, LOG4J_1_PARTS, jdk))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("message ***|message ***|thread-***|logger-***|mdc-***|stack ***|ERROR"),
                        line -> assertThat(line)
                                .contains("IllegalStateException: outer")
                                .contains("Exception: ***"),
                        line -> assertThat(line).isEqualTo("clean|clean|main|clean|null|null|ERROR"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void handlersGetMaskedPartsOfARecord(Jdks.Jdk jdk) throws Exception {
        assertThat(sent("h2", JUL_PARTS, jdk))
                .containsExactly(
                        "message *** {0} {1}|[***, 7]|logger-***|main|null",
                        "failed|null|logger-***|main|java.lang.IllegalStateException: outer",
                        "outer|1",
                        "***|1",
                        "clean|null|null|main|null",
                        "itself true");
    }

    /** Its loggers are others than the JDK's. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versionsOfJBoss")
    void handlersGetMaskedPartsOfARecordOfJBoss(String version, Jdks.Jdk jdk) throws Exception {
        String source = JUL_PARTS.replace(
                "String secret",
                "System.setProperty(\"java.util.logging.manager\", \"org.jboss.logmanager.LogManager\");"
                        + " String secret");

        assertThat(sent(version, source, jdk))
                .contains(
                        "message *** {0} {1}|[***, 7]|logger-***|main|null",
                        "failed|null|logger-***|main|java.lang.IllegalStateException: outer", "outer|1", "***|1");
    }

    /** The context is in the record there, and the message need not be in JUL's style. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versionsOfJBoss")
    void handlersGetWhatIsInARecordOfJBossOnly(String version, Jdks.Jdk jdk) throws Exception {
        assertMaskedBehind("org.jboss.logmanager.handlers.AsyncHandler", version, jdk);
    }

    /** It hands everything on. */
    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void handlersBehindTheOneOfQuarkusGetMaskedParts(Jdks.Jdk jdk) throws Exception {
        assertMaskedBehind("io.quarkus.bootstrap.logging.QuarkusDelayedHandler", "quarkus-logging-3", jdk);
    }

    private void assertMaskedBehind(String between, String version, Jdks.Jdk jdk) throws Exception {
        List<String> sent = sent(version, JBOSS_PARTS.replace("BETWEEN", between), jdk);

        List<String> each =
                List.of("hello *** 7|{user=***}|***|thread-***", "hello me ***|{}||main", "clean {0} %s|{}||main");
        assertThat(sent.subList(0, 3)).isEqualTo(each);
        assertThat(sent.subList(3, 6)).as("behind another handler").isEqualTo(each);
    }

    static List<Arguments> versionsOfJBoss() {
        return onEachJdk("jboss-logmanager-2.1", "jboss-logmanager-3.1");
    }

    static List<Arguments> versionsOfLog4j1() {
        return onEachJdk("log4j-1.2", "reload4j-1.2");
    }

    private List<String> sent(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Canary.leaksFrom(result.out() + result.err())).isFalse();
        return Files.readAllLines(sent);
    }

    private void assertMasked(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(sent)).startsWith("layout *** message *** ").contains("exception ***");
        assertThat(Canary.leaksFrom(Files.readString(sent))).isFalse();
    }
}
