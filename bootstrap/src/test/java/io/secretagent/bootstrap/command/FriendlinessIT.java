package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new user meets: wrong use, no mapping, output that goes nowhere, one mapping for all environments. */
@Timeout(60)
class FriendlinessIT {
    private static final String CANARY = "canary-77aa21-long";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    verfy                          | there is no command verfy; did you mean verify?
                    verify --maping=canary-value x | verify has no option --maping; did you mean --mapping?
                    age --emergancy                | age has no option --emergancy; did you mean --emergency?
                    --mapping m.yaml verify        | secret-agent has no option --mapping; write it after the command
                    verify --mapping               | --mapping needs FILE; see secret-agent verify --help
                    verify canary-value            | verify takes no such argument; see secret-agent verify --help
                    age --json=canary-value        | what is given is not a boolean; see secret-agent age --help
                    age --warn canary-value        | a number of days is written as 14d; see secret-agent age --help
                    rotate --stdin --generate 12 x | --generate=LENGTH, --stdin are mutually exclusive (specify only one); see secret-agent rotate --help
                    rotate --generate canary x     | --generate takes a whole number; see secret-agent rotate --help
                    rotate --alphabet canary x     | --alphabet takes one of alnum, hex, base64url, printable; see secret-agent rotate --help
                    refresh canary                 | PID takes a whole number; see secret-agent refresh --help
                    completion                     | completion needs SHELL; see secret-agent completion --help
                    """)
    void wrongUseIsToldInOneLineThatHelps(String arguments, String says) throws Exception {
        Launched result = Launched.in(folder, Map.of(), arguments.split(" ", -1));
        assertThat(result.exit()).isEqualTo(64);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .hasLineCount(1)
                .startsWith("secret-agent: ")
                .endsWith(says + "\n")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "verify",
                "age",
                "rotate",
                "rollback",
                "refresh",
                "audit",
                "mask",
                "init",
                "schema",
                "completion"
            })
    void helpFitsATerminalAndIsHadInBothWays(String command) throws Exception {
        Launched help = Launched.in(folder, Map.of(), command, "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(Launched.in(folder, Map.of(), "help", command)).isEqualTo(help);
        assertThat(Launched.in(folder, Map.of(), command, "--version").out()).matches("secret-agent \\S+\n");
    }

    @Test
    void whoHasNoMappingIsToldHowToMakeOne() throws Exception {
        Launched result = Launched.onTerminal(folder, Map.of(), "age");
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.out())
                .contains(
                        "there is no secrets.yaml here: name a mapping with --mapping, or make one with secret-agent init")
                .contains("the mapping does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"verify", "age", "schema", "completion bash", "init --backend directory --path dev --output -"})
    void resultsThatCannotBeWrittenAreNotASuccess(String command) throws Exception {
        environmentMapping();
        assertThat(shell(command + " >/dev/full")).isEqualTo("74");
        assertThat(shell(command + " | true")).isEqualTo("141");
    }

    @Test
    void oneMappingServesAllEnvironmentsInEveryCommand() throws Exception {
        environmentMapping();
        for (String name : new String[] {"dev", "prod"}) {
            Map<String, String> environment = Map.of("ENVIRONMENT", name);
            String value = CANARY + "-" + name;
            assertThat(Launched.in(folder, environment, "verify").out()).containsPattern("OK +\\$\\{ENVIRONMENT}/KEY");
            assertThat(Launched.in(folder, environment, "age").out()).contains("${ENVIRONMENT}/KEY");
            assertThat(Launched.in(folder, environment, "age", "--emergency").out())
                    .contains("'${ENVIRONMENT}/KEY'");
            assertThat(Launched.in(
                                    folder,
                                    environment,
                                    "run",
                                    "--mapping",
                                    "secrets.yaml",
                                    "--no-mask",
                                    "--",
                                    "printenv",
                                    "KEY")
                            .out())
                    .isEqualTo(value + "\n");
            Process mask = start(environment, "echo is " + value + " | $SECRET_AGENT mask");
            assertThat(new String(mask.getInputStream().readAllBytes(), UTF_8)).isEqualTo("is ***\n");
            assertThat(mask.waitFor()).isZero();
        }
        Launched unset = Launched.in(folder, Map.of(), "verify");
        assertThat(unset.exit()).isEqualTo(78);
        assertThat(unset.err()).contains("${ENVIRONMENT}").contains("is not set");
    }

    @Test
    void verifyFitsATerminalOf80Columns() throws Exception {
        String name = "a/rather/long/path/to/a/secret/that/nobody/types/DATABASE_PASSWORD";
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, CANARY);
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends: {mounted: {type: directory, path: .}}\nsecrets: {mounted: {" + name
                        + ": a.property.with.a.name.of.some.length.that.is.more.than.a.half.of.the.line}}\n");
        String out = Launched.onTerminal(folder, Map.of("COLUMNS", "80", "NO_COLOR", "1"), "verify")
                .out();
        assertThat(out.lines()).hasSize(2).allMatch(line -> line.length() <= 80);
        assertThat(out).containsPattern("OK +a/rather/\\S*\\.\\.\\S*_PASSWORD +property a\\S*\\.\\.\\S*the\\.line ");
    }

    private void environmentMapping() throws Exception {
        for (String name : new String[] {"dev", "prod"}) {
            Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("KEY"), CANARY + "-" + name);
        }
        Files.writeString(folder.resolve("secrets.yaml"), """
                backends: {mounted: {type: directory, path: .}}
                secrets: {mounted: {"${ENVIRONMENT}/KEY": {property: key, env: KEY}}}
                """);
    }

    /** What a shell says of the first command in a pipe. */
    private String shell(String command) throws Exception {
        Process bash = start(Map.of("ENVIRONMENT", "dev"), "$SECRET_AGENT " + command + "; echo ${PIPESTATUS[0]}");
        return new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
    }

    private Process start(Map<String, String> environment, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment()
                .put(
                        "SECRET_AGENT",
                        "sh "
                                + ChildJvm.distribution()
                                        .resolve("bin/secret-agent")
                                        .toAbsolutePath());
        return builder.start();
    }
}
