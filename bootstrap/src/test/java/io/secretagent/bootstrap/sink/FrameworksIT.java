package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row for each framework and each end of the range of its versions. */
class FrameworksIT {
    /** Where the build puts the frameworks, each with what it needs: none is on the class path of the tests. */
    private static final Path FRAMEWORKS = Path.of("target/frameworks");

    private static final String LOGBACK = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>console %msg [%X{user}]%n</pattern></encoder>
              </appender>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>${logs}/file.log</file>
                <encoder><pattern>file %msg [%X{user}]%n</pattern></encoder>
              </appender>
              <appender name="html" class="ch.qos.logback.core.FileAppender">
                <file>${logs}/file.html</file>
                <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
                  <layout class="ch.qos.logback.classic.html.HTMLLayout"><pattern>%msg%X{user}</pattern></layout>
                </encoder>
              </appender>
              <root level="info">
                <appender-ref ref="console"/><appender-ref ref="file"/><appender-ref ref="html"/>
              </root>
            </configuration>
            """;

    private static final String LOG4J = """
            <Configuration status="warn">
              <Appenders>
                <Console name="console"><PatternLayout pattern="console %msg [%X{user}]%n"/></Console>
                <Console name="direct" direct="true"><PatternLayout pattern="direct %msg [%X{user}]%n"/></Console>
                <File name="file" fileName="${sys:logs}/file.log">
                  <PatternLayout pattern="file %msg [%X{user}]%n" charset="ISO-8859-1"/>
                </File>
                <RandomAccessFile name="random" fileName="${sys:logs}/random.log">
                  <PatternLayout pattern="random %msg [%X{user}]%n"/>
                </RandomAccessFile>
                <File name="html" fileName="${sys:logs}/file.html"><HTMLLayout/></File>
              </Appenders>
              <Loggers>
                <Root level="info">
                  <AppenderRef ref="console"/><AppenderRef ref="direct"/><AppenderRef ref="file"/>
                  <AppenderRef ref="random"/><AppenderRef ref="html"/>
                </Root>
              </Loggers>
            </Configuration>
            """;

    @TempDir
    Path folder;

    static List<Arguments> logback() {
        return onAll("logback-1.2", "logback-1.5");
    }

    static List<Arguments> log4j() {
        return onAll("log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest
    @MethodSource("logback")
    void logback(String framework, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path configuration = Files.writeString(folder.resolve("logback.xml"), LOGBACK);
        ChildJvm.Result result = application(framework, jdk, logs)
                .option("-Dlogback.configurationFile=" + configuration)
                .run(LogsWithSlf4j.class);

        Canary.isNowhere(result, logs);
        assertMasked(result.out(), "console");
        assertMasked(Files.readString(logs.resolve("file.log")), "file");
        assertThat(logs.resolve("file.html")).content().contains("message ***", "clean, done");
    }

    @ParameterizedTest
    @MethodSource("log4j")
    void log4j(String framework, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path configuration = Files.writeString(folder.resolve("log4j2.xml"), LOG4J);
        ChildJvm.Result result = application(framework, jdk, logs)
                .option("-Dlog4j2.configurationFile=" + configuration)
                .run(LogsWithSlf4j.class);

        Canary.isNowhere(result, logs);
        assertMasked(result.out(), "console");
        assertMasked(result.out(), "direct");
        assertMasked(Files.readString(logs.resolve("file.log")), "file");
        assertMasked(Files.readString(logs.resolve("random.log")), "random");
        assertThat(logs.resolve("file.html")).content().contains("message ***", "clean, done");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void jul(Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        ChildJvm.Result result = new Canary(folder).child(jdk).run(LogsWithJul.class, logs.toString());

        Canary.isNowhere(result, logs);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).contains("INFO: message ***", "WARNING: argument ***", "outer ***", "cause ***");
        assertThat(logs.resolve("simple.log"))
                .content()
                .contains("message ***", "argument ***", "outer ***", "cause ***");
        assertThat(logs.resolve("xml.log")).content().contains("<message>message ***</message>");
        assertThat(logs.resolve("own.log")).content().contains("own: message ***", "own: argument ***");
    }

    private ChildJvm application(String framework, Jdks.Jdk jdk, Path logs) throws IOException {
        ChildJvm child = new Canary(folder).child(jdk).option("-Dlogs=" + logs);
        try (Stream<Path> jars = Files.list(FRAMEWORKS.resolve(framework))) {
            jars.forEach(child::classPath);
        }
        return child;
    }

    private static void assertMasked(String log, String appender) {
        assertThat(log)
                .contains(
                        appender + " message *** []",
                        appender + " argument *** []",
                        appender + " context [***]",
                        "java.io.IOException: outer ***",
                        "Caused by: java.io.IOException: cause ***",
                        appender + " clean, done []");
    }

    private static List<Arguments> onAll(String... frameworks) {
        return Stream.of(frameworks)
                .flatMap(framework -> Jdks.all().stream().map(jdk -> Arguments.of(framework, jdk)))
                .toList();
    }
}
