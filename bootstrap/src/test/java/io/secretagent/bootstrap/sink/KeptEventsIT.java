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

/** Appenders of others that bring their text by an encoder, a layout or a formatter, or hand events on, get them as they are. */
class KeptEventsIT {
    private static final String LOGBACK = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import ch.qos.logback.core.*;
            import ch.qos.logback.core.encoder.Encoder;
            import ch.qos.logback.core.spi.*;
            import java.nio.file.*;
            import java.util.*;

            public class Own extends AppenderBase<ILoggingEvent> {
                String got;

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    LoggerContext context = new LoggerContext();
                    List<String> kept = new ArrayList<>();
                    for (Own appender : new Own[] {new WithEncoder(), new WithLayout(), new HandingOn()}) {
                        appender.setContext(context);
                        appender.start();
                        Logger logger = context.getLogger(appender.getClass().getSimpleName());
                        logger.addAppender(appender);
                        logger.error(secret);
                        kept.add(logger.getName() + " " + secret.equals(appender.got));
                    }
                    Files.write(Path.of(file[0]), kept);
                }

                @Override
                protected void append(ILoggingEvent event) {
                    got = event.getMessage();
                }

                public static class WithEncoder extends Own {
                    public Encoder<ILoggingEvent> getEncoder() {
                        return new PatternLayoutEncoder();
                    }
                }

                public static class WithLayout extends Own {
                    public Layout<ILoggingEvent> getLayout() {
                        return new PatternLayout();
                    }
                }

                public static class HandingOn extends Own implements AppenderAttachable<ILoggingEvent> {
                    public void addAppender(Appender<ILoggingEvent> appender) {}
                    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() { return null; }
                    public Appender<ILoggingEvent> getAppender(String name) { return null; }
                    public boolean isAttached(Appender<ILoggingEvent> appender) { return false; }
                    public void detachAndStopAllAppenders() {}
                    public boolean detachAppender(Appender<ILoggingEvent> appender) { return false; }
                    public boolean detachAppender(String name) { return false; }
                }
            }
            """;

    private static final String LOG4J_1 = """
            import java.nio.file.*;
            import java.util.*;
            import org.apache.log4j.*;
            import org.apache.log4j.spi.*;

            public class Own extends AppenderSkeleton implements AppenderAttachable {
                Object got;

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    Own appender = new Own();
                    Logger.getLogger("app").addAppender(appender);
                    Logger.getLogger("app").error(secret);
                    Files.writeString(Path.of(file[0]), "HandingOn " + secret.equals(appender.got));
                }

                @Override
                protected void append(LoggingEvent event) {
                    got = event.getMessage();
                }

                public void close() {}
                public boolean requiresLayout() { return false; }
                public void addAppender(Appender appender) {}
                public Enumeration getAllAppenders() { return null; }
                public Appender getAppender(String name) { return null; }
                public boolean isAttached(Appender appender) { return false; }
                public void removeAllAppenders() {}
                public void removeAppender(Appender appender) {}
                public void removeAppender(String name) {}
            }
            """;

    private static final String JUL = """
            import java.nio.file.*;
            import java.util.logging.*;

            public class Own extends Handler {
                String got;

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    Own handler = new Own();
                    handler.setFormatter(new SimpleFormatter());
                    Logger.getLogger("app").addHandler(handler);
                    Logger.getLogger("app").severe(secret);
                    Files.writeString(Path.of(file[0]), "WithFormatter " + secret.equals(handler.got));
                }

                @Override
                public void publish(LogRecord record) {
                    got = record.getMessage();
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> frameworks() {
        return Stream.of(
                        Arguments.of("logback-1.2", LOGBACK, List.of("WithEncoder", "WithLayout", "HandingOn")),
                        Arguments.of("logback-1.5", LOGBACK, List.of("WithEncoder", "WithLayout", "HandingOn")),
                        Arguments.of("log4j-1.2", LOG4J_1, List.of("HandingOn")),
                        Arguments.of("reload4j-1.2", LOG4J_1, List.of("HandingOn")),
                        Arguments.of("h2", JUL, List.of("WithFormatter")))
                .flatMap(of -> Jdks.all().stream().map(jdk -> Arguments.of(of.get()[0], jdk, of.get()[1], of.get()[2])))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("frameworks")
    void areTheSame(String version, Jdks.Jdk jdk, String source, List<String> appenders) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent))
                .containsExactlyElementsOf(
                        appenders.stream().map(name -> name + " true").toList());
    }
}
