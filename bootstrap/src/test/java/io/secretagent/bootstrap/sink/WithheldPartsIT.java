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

/** Parts of an event that cannot be masked, of which the appender that takes the event apart gets nothing. */
class WithheldPartsIT {
    /** Fails when it is walked, and the secret is beside it. */
    private static final String FAILING = """
            class Failing extends java.util.AbstractList<Object> {
                @Override
                public Object get(int index) {
                    throw new IllegalStateException("walked");
                }

                @Override
                public int size() {
                    return 1;
                }
            }
            """;

    private static final String LOGBACK = """
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
                    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
                    context.reset();
                    AppenderBase<ILoggingEvent> appender = new AppenderBase<ILoggingEvent>() {
                        @Override
                        protected void append(ILoggingEvent event) {
                            Marker marker = event.getMarker();
                            sent.add(event.getMessage() + "|" + Arrays.toString(event.getArgumentArray()) + "|"
                                    + event.getLevel() + "|" + event.getLoggerContextVO().getPropertyMap() + "|"
                                    + (marker == null ? "" : marker.iterator().next().getName()));
                        }
                    };
                    appender.setContext(context);
                    appender.start();
                    context.getLogger("ROOT").addAppender(appender);
                    ch.qos.logback.classic.Logger logger = context.getLogger("app");
                    logger.error("arguments", new Object[] {new Failing(), secret});
                    logger.error("again", new Object[] {new Failing(), secret});
                    Marker outer = MarkerFactory.getMarker("outer");
                    outer.add(MarkerFactory.getMarker("inner-" + secret));
                    logger.error(outer, "marker");
                    context.putProperty("region", "region-" + secret);
                    context.getLogger("other").error("context");
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String LOG4J = """
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
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    Appender appender = new AbstractAppender("own", null, null, false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            sent.add(event.getMessage().getFormat() + "|"
                                    + Arrays.toString(event.getMessage().getParameters()) + "|" + event.getLevel());
                        }
                    };
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app").error("arguments", new Object[] {new Failing(), secret});
                    context.getLogger("app").error("again", new Object[] {new Failing(), secret});
                    Files.write(Path.of(file[0]), sent);
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("logback-1.2", "log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void areToldOnce(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");
        String source = version.startsWith("logback") ? LOGBACK : LOG4J;

        ChildJvm.Result result = Compiled.in(folder, version, source + FAILING).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Canary.leaksFrom(Files.readString(sent) + result.out() + result.err()))
                .isFalse();
        assertThat(Files.readAllLines(sent))
                .containsExactlyElementsOf(
                        version.startsWith("logback")
                                ? List.of(
                                        "arguments|null|ERROR|{}|",
                                        "again|null|ERROR|{}|",
                                        "marker|null|ERROR|{}|inner-***",
                                        "context|null|ERROR|{region=region-***}|")
                                : List.of("arguments|null|ERROR", "again|null|ERROR"));
        assertThat(result.err().lines().filter(line -> line.startsWith("secret-agent: ")))
                .singleElement()
                .asString()
                .contains("IllegalStateException", "withheld");
    }
}
