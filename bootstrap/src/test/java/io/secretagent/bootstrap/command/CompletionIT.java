package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code secret-agent completion} as shells load it. */
@Timeout(60)
class CompletionIT {
    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(completed("secret-agent ver")).contains("verify");
        assertThat(completed("secret-agent verify --off")).isEqualTo("--offline");
        assertThat(completed("secret-agent init --ba")).isEqualTo("--backend");
        assertThat(completed("secret-agent init --backend ")).isEqualTo("azure aws vault directory");
        assertThat(completed("secret-agent completion f")).isEqualTo("fish");
        assertThat(run("zsh").out()).contains("bashcompinit");
    }

    @Test
    void fishIsToldEveryCommandAndItsOptions() throws Exception {
        Launched fish = run("fish");
        assertThat(fish.exit()).isZero();
        assertThat(fish.out().lines())
                .allMatch(line -> line.startsWith("complete -c secret-agent"))
                .anyMatch(line -> line.contains("__fish_use_subcommand -a age"))
                .anyMatch(line -> line.contains("'__fish_seen_subcommand_from verify' -l mapping -r -F"))
                .anyMatch(line -> line.contains("'__fish_seen_subcommand_from age' -l warn -x"))
                .anyMatch(line -> line.contains("init' -l backend -x -a 'azure aws vault directory'"))
                .anyMatch(line -> line.contains("completion' -a 'bash zsh fish'"));
    }

    @Test
    void anotherShellIsWrongUse() throws Exception {
        assertThat(run("csh").exit()).isEqualTo(64);
        assertThat(run("--help").out().lines().reduce((a, b) -> b).orElse("")).startsWith("Example: ");
    }

    /** What bash offers after this line. */
    private String completed(String line) throws Exception {
        Path script =
                Files.writeString(folder.resolve("completion"), run("bash").out());
        String[] words = line.split(" ", -1);
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                                + "; _complete_secret-agent; echo -n \"${COMPREPLY[*]}\"")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String offered = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).isZero();
        return offered;
    }

    private Launched run(String argument) throws Exception {
        return Launched.in(folder, Map.of(), "completion", argument);
    }
}
