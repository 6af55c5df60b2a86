package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the README's first command and looks at what it shows, as a user would. */
class QuickstartIT {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void showsThatTheSecretsAreReadAndNowhereToBeSeen(Jdks.Jdk jdk) throws Exception {
        String shown = Example.run("quickstart", jdk, temporary, Map.of());
        assertThat(shown)
                .contains(
                        "connecting with password ***",
                        "called with key ***",
                        "login refused for password ***",
                        "yes: db.password      is the stored value",
                        "yes: greeting.api.key is the stored value",
                        "yes: no value is anywhere in the output");
    }
}
