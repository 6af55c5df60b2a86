package io.secretagent.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events a second that go to a file: synchronous, a pattern layout, flushed after each as is the default.
 * {@link LoggingTable} runs it with the agent and without.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class LoggingBenchmark {

    /** A property that the agent injects; its value is masked in the log if it is there. */
    static final String SECRET = "benchmark.secret";

    @State(Scope.Benchmark)
    public static class Logback {
        private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        private final Logger logger = context.getLogger("com.example.shop.OrderService");
        private Path file = Path.of("");
        private int turn;

        @Setup
        public void setUp() throws IOException {
            context.reset();
            file = Files.createTempFile("logback", ".log");
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern("%d{ISO8601} [%thread] %-5level %logger{36} - %msg%n");
            encoder.start();
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setContext(context);
            appender.setFile(file.toString());
            appender.setEncoder(encoder);
            appender.start();
            context.getLogger("ROOT").addAppender(appender);
            logger.info("key {}", System.getProperty(SECRET));
            check(file);
        }

        @TearDown
        public void tearDown() throws IOException {
            context.stop();
            Files.delete(file);
        }
    }

    @State(Scope.Benchmark)
    public static class Log4j {
        private org.apache.logging.log4j.Logger logger =
                LogManager.getLogger("com.example.shop.OrderService");
        private Path file = Path.of("");
        private int turn;

        @Setup
        public void setUp() throws IOException {
            file = Files.createTempFile("log4j", ".log");
            ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
            builder.setStatusLevel(Level.ERROR);
            builder.add(builder.newAppender("file", "File")
                    .addAttribute("fileName", file.toString())
                    .add(builder.newLayout("PatternLayout")
                            .addAttribute("pattern", "%d{ISO8601} [%t] %-5level %logger{36} - %msg%n")));
            builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")));
            Configurator.reconfigure(builder.build());
            logger = LogManager.getLogger("com.example.shop.OrderService");
            logger.info("key {}", System.getProperty(SECRET));
            check(file);
        }

        @TearDown
        public void tearDown() throws IOException {
            LogManager.shutdown();
            Files.delete(file);
        }
    }

    @Benchmark
    public void logback(Logback state) {
        state.logger.info(
                "order {} of customer {} was accepted in {} ms, status=200", state.turn++, "C-20931-größe", 12);
    }

    @Benchmark
    public void log4j(Log4j state) {
        state.logger.info(
                "order {} of customer {} was accepted in {} ms, status=200", state.turn++, "C-20931-größe", 12);
    }

    private static void check(Path file) throws IOException {
        String expected = System.getProperty(SECRET) == null ? "key null" : "key ***";
        if (!Files.readString(file).strip().endsWith(expected)) {
            throw new IllegalStateException("the log is not as it should be");
        }
    }
}
