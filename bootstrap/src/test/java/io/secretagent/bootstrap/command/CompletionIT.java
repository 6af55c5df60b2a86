package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.Provision;
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
    void fishItselfOffersThem() throws Exception {
        String fish = Provision.orSkip("fish", () -> Provision.command("fish")).get(0);
        Path script =
                Files.writeString(folder.resolve("completion"), run("fish").out());
        for (var row : Map.of(
                        "secret-agent roll",
                        "rollback",
                        "secret-agent rotate --alphabet ",
                        "base64url",
                        "secret-agent audit ",
                        "verify")
                .entrySet()) {
            Process process = new ProcessBuilder(
                            fish, "--no-config", "-c", "source " + script + "; complete -C '" + row.getKey() + "'")
                    .start();
            String offered = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(offered.lines()).as(row.getKey()).anyMatch(line -> line.startsWith(row.getValue() + "\t"));
        }
    }

    @Test
    void zshItselfCompletesWhatAPersonTypes() throws Exception {
        Provision.orSkip("zsh", () -> Provision.command("zsh"));
        Files.writeString(folder.resolve("completion"), run("zsh").out());
        Files.copy(
                ChildJvm.testClasses().resolve("io/secretagent/bootstrap/command/person.py"),
                folder.resolve("person.py"));
        Files.writeString(folder.resolve("scenario.py"), """
                from person import Person
                p = Person('exec zsh -f -i')
                p.types("PS1='ready> '\\n")
                p.sees('ready> ')
                p.types('autoload -Uz compinit && compinit -D && source ./completion && echo lo""aded\\n')
                p.sees('loaded')
                p.sees('ready> ')
                for start, whole in (('roll', 'back'), ('verify --off', 'line'), ('init --backend az', 'ure')):
                    p.types('secret-agent ' + start + '\\t')
                    p.sees(start)
                    p.sees(whole)
                    p.types('\\x15')
                p.types('exit\\n')
                assert p.ends() == 0, p.screen
                """);
        assertThat(new Wrapped(folder).script("exec python3 scenario.py")).isEqualTo(new Wrapped.Result(0, "", ""));
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
