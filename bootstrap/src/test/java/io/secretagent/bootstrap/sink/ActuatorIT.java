package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring Boot's {@code /env} with {@code show-values: always}; {@code /configprops} has the same sanitizer. */
class ActuatorIT {
    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("2.7", "3.5", "4.0");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theEndpointShowsTheMaskAndTheApplicationHasTheValue(String version, Jdks.Jdk jdk) throws Exception {
        ChildJvm child = new Canary(folder).child(jdk);
        try (Stream<Path> jars = Files.list(Path.of("target/actuator", version))) {
            jars.forEach(child::classPath);
        }
        ChildJvm.Result result = child.run(ShowsItsEnvironment.class);

        assertThat(result.exit()).as(result.err()).isZero();
        List<String> shown = new ArrayList<>(List.of("environment true", "endpoint masked", "changed masked"));
        if (version.equals("2.7")) {
            shown.add("called masked"); // as before 2.6
        }
        assertThat(result.out().lines()).containsExactlyElementsOf(shown);
        assertThat(result.err()).doesNotContain("secret-agent:");
    }
}
