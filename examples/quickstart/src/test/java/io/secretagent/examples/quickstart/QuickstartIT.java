package io.secretagent.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's first command and looks at what it shows, as a user would. */
class QuickstartIT {

    @TempDir
    Path temporary;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void showsThatTheSecretsAreReadAndNowhereToBeSeen() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("tmp"));
        File output = temporary.resolve("output").toFile();
        // A umask with which checkouts are writable by their group, and any working directory.
        String command = "umask 002; exec '" + Path.of("run").toAbsolutePath() + "'";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

        Process run = builder.start();
        run.getOutputStream().close();
        int exit = run.waitFor();

        String shown = Files.readString(output.toPath());
        assertThat(exit).as(shown).isZero();
        assertThat(shown)
                .contains(
                        "connecting with password ***",
                        "called with key ***",
                        "login refused for password ***",
                        "yes: db.password      is the stored value",
                        "yes: greeting.api.key is the stored value",
                        "yes: no value is anywhere in the output")
                .doesNotContain("NO:");
        assertThat(folder).as("what it made is removed").isEmptyDirectory();
    }
}
