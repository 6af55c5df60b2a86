package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a leak is told to be when a logging framework stands between the application and the log. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(180)
class LeakPlacesIT {
    private static final String CANARY = "canary-leak-8b31";
    private static final String LOGS = Logs.class.getName();

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Path mapping = Path.of("");
    private Path audit = Path.of("");

    LeakPlacesIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        audit = folder.resolve("audit.jsonl");
        mapping = store.mappingWith("audit: " + audit + "\n", "API_KEY: api.key");
    }

    @Test
    void logbackIsPassedByAndItsWorkerNamed() throws Exception {
        Path configuration = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>FOLDER/async.log</file>
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender"><appender-ref ref="FILE"/></appender>
                  <logger name="direct" additivity="false"><appender-ref ref="CONSOLE"/></logger>
                  <logger name="async" additivity="false"><appender-ref ref="ASYNC"/></logger>
                </configuration>
                """.replace("FOLDER", folder.toString()));
        assertThat(run("logback-1.5", "-Dlogback.configurationFile=" + configuration))
                .containsExactly(
                        "leak API_KEY ch.qos.logback.classic.PatternLayout: masked by " + LOGS + ".inAnException",
                        "leak API_KEY ch.qos.logback.classic.PatternLayout: masked by " + LOGS + ".main",
                        "leak API_KEY ch.qos.logback.classic.PatternLayout: masked by thread"
                                + " AsyncAppender-Worker-ASYNC");
        assertThat(folder.resolve("async.log")).content().contains("***").doesNotContain(CANARY);
    }

    @Test
    void log4jIsPassedByAndItsWorkerNamed() throws Exception {
        Path configuration = Files.writeString(folder.resolve("log4j2.xml"), """
                <Configuration status="warn">
                  <Appenders>
                    <Console name="console"><PatternLayout pattern="%m%n"/></Console>
                    <File name="file" fileName="FOLDER/async.log"><PatternLayout pattern="%m%n"/></File>
                    <Async name="async"><AppenderRef ref="file"/></Async>
                  </Appenders>
                  <Loggers>
                    <Logger name="direct" level="info" additivity="false"><AppenderRef ref="console"/></Logger>
                    <Logger name="async" level="info" additivity="false"><AppenderRef ref="async"/></Logger>
                    <Root/>
                  </Loggers>
                </Configuration>
                """.replace("FOLDER", folder.toString()));
        Set<String> leaks = run("log4j-2.25", "-Dlog4j2.configurationFile=" + configuration);
        assertThat(leaks).hasSize(3).allMatch(leak -> leak.startsWith("leak API_KEY org.apache.logging.log4j.core."));
        assertThat(leaks.stream().map(leak -> leak.substring(leak.indexOf(" by "))))
                .containsExactlyInAnyOrder(
                        " by " + LOGS + ".inAnException",
                        " by " + LOGS + ".main",
                        " by thread Log4j2-AsyncAppenderEventDispatcher-1-async");
    }

    private Set<String> run(String framework, String option) throws Exception {
        ChildJvm child = ChildJvm.on(jdk).agent(mapping).option(option);
        try (Stream<Path> jars = Files.list(Path.of("target/frameworks", framework))) {
            jars.map(Path::toAbsolutePath).forEach(child::classPath);
        }
        ChildJvm.Result result =
                child.run(Logs.class, folder.resolve("async.log").toString());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).contains("***").doesNotContain(CANARY);
        Set<String> leaks = new TreeSet<>();
        List<Recorded.Line> lines = Recorded.in(audit);
        for (Recorded.Line line : lines) {
            if (line.get("event").equals("leak")) {
                assertThat(leaks.add(line.brief() + " by " + line.who())).isTrue();
            }
        }
        return leaks;
    }

    /** Logs its secret in its own thread and through another's, each twice. */
    static final class Logs {
        public static void main(String[] arguments) throws IOException {
            Logger direct = LoggerFactory.getLogger("direct");
            Logger async = LoggerFactory.getLogger("async");
            for (int i = 0; i < 2; i++) {
                direct.info("the key is {}", System.getProperty("api.key"));
                async.info("the key is {}", System.getProperty("api.key"));
                inAnException(direct);
            }
            Path written = Path.of(arguments[0]);
            while (Files.readAllLines(written).size() < 2) {
                Thread.onSpinWait();
            }
        }

        private static void inAnException(Logger direct) {
            direct.error("failed", new IllegalStateException("with " + System.getProperty("api.key")));
        }
    }
}
