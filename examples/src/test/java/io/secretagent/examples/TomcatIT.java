package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcat as it is published. */
class TomcatIT {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void putsThePasswordIntoItsConfigurationAndIntoNoLog(Jdks.Jdk jdk) throws Exception {
        String shown = Example.run("tomcat", jdk, temporary, Map.of());
        assertThat(shown)
                .contains(
                        "shop.database.password = ***",
                        "order: a tea pot",
                        "yes: the property is masked where Tomcat logs it",
                        "yes: the page's log line is masked");
    }
}
