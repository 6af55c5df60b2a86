package io.secretagent.bootstrap.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers in one jar: Spring Boot's nested jars with Log4j 2, and a flat jar with Logback. */
class SingleJarsIT {
    private static final String BOTH = "${my.greeting}-${MY_GREETING}";
    private static final String LOGBACK = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d ${my.greeting}-${MY_GREETING} %m%n</pattern></encoder>
              </appender>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>s3proxy.log</file>
                <encoder><pattern>%d ${my.greeting}-${MY_GREETING} %m%n</pattern></encoder>
              </appender>
              <root level="info"><appender-ref ref="console"/><appender-ref ref="file"/></root>
            </configuration>
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void zipkinRunsAsWithoutUs(Jdks.Jdk jdk) throws Exception {
        Application.Run with = zipkin(jdk, true);
        Application.Run without = zipkin(jdk, false);

        assertThat(with.served()).contains("\"status\" : \"UP\"").isEqualTo(without.served());
        assertThat(with.exit()).isEqualTo(without.exit());
        assertThat(without.complaints()).containsAll(with.complaints());
        assertThat(with.console()).contains("[***-***]");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void s3ProxyRunsAsWithoutUs(Jdks.Jdk jdk) throws Exception {
        Application.Run with = s3Proxy(jdk, true);
        Application.Run without = s3Proxy(jdk, false);

        assertThat(with.served()).contains("ListAllMyBucketsResult").isEqualTo(without.served());
        assertThat(with.exit()).isEqualTo(without.exit());
        assertThat(without.complaints()).containsAll(with.complaints());
        assertThat(with.console()).contains(" ***-*** Started Server@");
        assertThat(Files.readString(folder.resolve("agent-true/application/s3proxy.log")))
                .contains(" ***-*** Started Server@");
    }

    private Application.Run zipkin(Jdks.Jdk jdk, boolean agent) throws Exception {
        int port = Application.freePort();
        return run(
                jdk,
                agent,
                "Serving HTTP",
                URI.create("http://127.0.0.1:" + port + "/health"),
                List.of(),
                "zipkin-server.jar",
                List.of(
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + port,
                        "--armeria.ports[0].protocols[0]=http",
                        "--spring.application.name=" + BOTH,
                        "--logging.file.name=zipkin.log"));
    }

    private Application.Run s3Proxy(Jdks.Jdk jdk, boolean agent) throws Exception {
        int port = Application.freePort();
        Path logback = Files.writeString(folder.resolve("logback.xml"), LOGBACK);
        Path settings = Files.writeString(
                folder.resolve("s3proxy.properties"),
                "s3proxy.endpoint=http://127.0.0.1:" + port + "\ns3proxy.authorization=none\n"
                        + "jclouds.provider=transient\njclouds.identity=x\njclouds.credential=y\n");
        return run(
                jdk,
                agent,
                "Started Server@",
                URI.create("http://127.0.0.1:" + port + "/"),
                List.of("-Dlogback.configurationFile=" + logback),
                "s3proxy.jar",
                List.of("--properties", settings.toString()));
    }

    private Application.Run run(
            Jdks.Jdk jdk, boolean agent, String ready, URI page, List<String> options, String jar, List<String> more)
            throws Exception {
        Application application = new Application(jdk, Files.createDirectory(folder.resolve("agent-" + agent)));
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), application.option(agent)));
        command.addAll(options);
        command.addAll(List.of("-jar", Downloaded.file(jar).toString()));
        command.addAll(more);
        Application.Run run = application.run(agent, console -> console.contains(ready), page, jar, command);
        if (agent) {
            assertThat(application.leaks()).isEmpty();
        }
        return run;
    }
}
