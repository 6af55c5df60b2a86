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

/** What a framework tells of itself into a file: it shows the values that a configuration takes from properties. */
class StatusLogsIT {
    private static final String LOGBACK = """
            import ch.qos.logback.classic.LoggerContext;
            import ch.qos.logback.classic.joran.JoranConfigurator;
            import java.io.ByteArrayInputStream;

            public class Own {
                public static void main(String[] file) throws Exception {
                    JoranConfigurator configurator = new JoranConfigurator();
                    configurator.setContext(new LoggerContext());
                    configurator.doConfigure(new ByteArrayInputStream((
                            "<configuration>"
                            + "<statusListener class='ch.qos.logback.core.status.OnFileStatusListener'>"
                            + "<filename>" + file[0] + "</filename></statusListener>"
                            + "<appender name='none-${canary}' class='ch.qos.logback.core.helpers.NOPAppender'/>"
                            + "<root level='info'><appender-ref ref='none-${canary}'/></root>"
                            + "</configuration>").getBytes()));
                }
            }
            """;

    private static final String LOG4J = """
            import java.io.ByteArrayInputStream;
            import org.apache.logging.log4j.core.LoggerContext;
            import org.apache.logging.log4j.core.config.ConfigurationSource;
            import org.apache.logging.log4j.core.config.xml.XmlConfiguration;

            public class Own {
                public static void main(String[] file) throws Exception {
                    LoggerContext context = new LoggerContext("own");
                    context.start(new XmlConfiguration(context, new ConfigurationSource(new ByteArrayInputStream((
                            "<Configuration status='trace' dest='" + file[0] + "'>"
                            + "<Properties><Property name='key'>none-${sys:canary}</Property></Properties>"
                            + "<Loggers><Root level='info'/></Loggers></Configuration>").getBytes()))));
                    context.stop();
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("logback-1.5", "log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void areMasked(String version, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));

        ChildJvm.Result result = Compiled.in(folder, version, version.startsWith("logback") ? LOGBACK : LOG4J)
                .run(jdk, logs.resolve("status"));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(logs.resolve("status"))).contains("none-***");
        Canary.isNowhere(result, logs);
    }
}
