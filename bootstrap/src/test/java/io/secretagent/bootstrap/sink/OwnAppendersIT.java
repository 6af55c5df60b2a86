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

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return onEachJdk("logback-1.2", "logback-1.5", "log4j-2.17", "log4j-2.25");
    }

    static List<Arguments> versionsOfLog4j() {
        return onEachJdk("log4j-2.17", "log4j-2.25");
    }

    private static List<Arguments> onEachJdk(String... versions) {
        return Stream.of(versions)
                .flatMap(version -> Jdks.all().stream().map(jdk -> Arguments.of(version, jdk)))
                .toList();
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

    private void assertMasked(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(sent)).startsWith("layout *** message *** ").contains("exception ***");
        assertThat(Canary.leaksFrom(Files.readString(sent))).isFalse();
    }
}
