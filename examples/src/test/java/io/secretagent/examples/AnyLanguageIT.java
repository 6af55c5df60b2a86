package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is no JVM. */
class AnyLanguageIT {

    @TempDir
    private Path temporary;

    @Test
    void readsItsSecretsFromTheEnvironmentAndShowsThemNowhere() throws Exception {
        String shown = Example.run("any-language", Jdks.current(), temporary, Map.of());
        assertThat(shown)
                .contains(
                        "connecting with password ***",
                        "calling with key ***",
                        "yes: DATABASE_PASSWORD is the stored value",
                        "yes: its last words, on standard error, are masked",
                        "yes: its exit code came through");
    }
}
