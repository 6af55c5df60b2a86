package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code secret-agent run} with commands that are no JVM. */
@Timeout(180)
class RunIT {
    private static final String CANARY = "canary-4be1a60f";
    private static final String RUN = "\"$RUN\" run --mapping secrets.yaml ";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY);
        Files.writeString(store.resolve("NUL"), "canary\0nul");
        Files.writeString(store.resolve("LONG"), "canary-long-" + "x".repeat(131_072));
        mapping("API_KEY: {property: api.key, env: API_KEY}");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void theCommandHasTheSecretAndWhatItWritesIsMasked(Jdks.Jdk jdk) throws Exception {
        Wrapped.Result result = wrapped()
                .environment("SECRET_AGENT_JAVA", jdk.java().toString())
                .environment("JAVA_TOOL_OPTIONS", "-Dmine=1")
                .environment("LC_ALL", "C")
                .run(
                        "run",
                        "--mapping",
                        "secrets.yaml",
                        "--",
                        "sh",
                        "-c",
                        "echo \"out $API_KEY ${#API_KEY} $JAVA_TOOL_OPTIONS $LC_ALL ${_JAVA_SR_SIGNUM-unset}\";"
                                + " env | grep -c SECRET_AGENT_KEPT; echo \"err $API_KEY\" >&2; exit 41");
        assertThat(result).isEqualTo(new Wrapped.Result(41, "out *** 15 -Dmine=1 C unset\n0\n", "err ***\n"));
    }

    @Test
    void everyArgumentArrivesAsItWas() throws Exception {
        assertThat(wrapped()
                        .environment("LC_ALL", "C")
                        .run(
                                "run",
                                "--mapping",
                                "secrets.yaml",
                                "--",
                                "printf",
                                "[%s]",
                                "",
                                " a  b",
                                "*",
                                "größe\n",
                                "--",
                                "@x"))
                .isEqualTo(new Wrapped.Result(0, "[][ a  b][*][größe\n][--][@x]", ""));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void everySignalReachesTheCommand(Jdks.Jdk jdk) throws Exception {
        Path program = Files.writeString(folder.resolve("signals.py"), """
                import signal
                names = 'TERM INT HUP USR1 USR2 WINCH QUIT'.split()
                def got(number, frame): print(signal.Signals(number).name, flush=True)
                for name in names: signal.signal(getattr(signal, 'SIG' + name), got)
                print('ready', flush=True)
                for name in names: signal.pause()
                """);
        Wrapped.Running running = wrapped()
                .environment("SECRET_AGENT_JAVA", jdk.java().toString())
                .start("run", "--mapping", "secrets.yaml", "--", "python3", program.toString());
        StringBuilder expected = new StringBuilder("ready\n");
        running.awaitOutput(expected.toString());
        for (String signal : List.of("TERM", "INT", "HUP", "USR1", "USR2", "WINCH", "QUIT")) {
            running.signal(signal);
            running.awaitOutput(
                    expected.append("SIG").append(signal).append('\n').toString());
        }
        assertThat(running.end().exit()).isZero();
    }

    @Test
    void aCommandThatASignalEndsIs128AndItsNumber() throws Exception {
        for (String signal : List.of("TERM", "KILL", "USR2", "QUIT")) {
            assertThat(wrapped()
                            .run("run", "--mapping", "secrets.yaml", "--", "sh", "-c", "kill -" + signal + " $$")
                            .exit())
                    .isEqualTo(128 + Wrapped.number(signal));
        }
    }

    @Test
    void whenASecretCannotBeHadTheCommandDoesNotRun() throws Exception {
        mapping("NOPE: {env: NOPE}");
        Wrapped.Result result = wrapped().run("run", "--mapping", "secrets.yaml", "--", "touch", "ran");
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.err()).startsWith("secret-agent: secrets.yaml:").hasLineCount(1);
        mapping("API_KEY: api.key");
        result = wrapped().run("run", "--mapping", "secrets.yaml", "--", "touch", "ran");
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err()).contains("names no environment variable").hasLineCount(1);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void whatAVariableCannotHoldIsRefusedByName() throws Exception {
        for (String name : List.of("NUL", "LONG")) {
            mapping(name + ": {env: " + name + "}");
            Wrapped.Result result = wrapped().run("run", "--mapping", "secrets.yaml", "--", "true");
            assertThat(result.exit()).isEqualTo(78);
            assertThat(result.err())
                    .startsWith("secret-agent: secret " + name + " ")
                    .hasLineCount(1)
                    .doesNotContain("canary");
        }
    }

    @Test
    void aGivenVariableWinsUnlessOverriddenAndIsMasked() throws Exception {
        Wrapped.Result result =
                wrapped().environment("API_KEY", "given-91c0ffee").script(RUN + "-- sh -c 'echo $API_KEY ${#API_KEY}'");
        assertThat(result.out()).isEqualTo("*** 14\n");
        assertThat(result.err()).startsWith("secret-agent: env API_KEY keeps").hasLineCount(1);
        mapping("API_KEY: {env: API_KEY, override: true}");
        assertThat(wrapped()
                        .environment("API_KEY", "given-91c0ffee")
                        .script(RUN + "-- sh -c 'echo $API_KEY ${#API_KEY}'"))
                .isEqualTo(new Wrapped.Result(0, "*** 15\n", ""));
    }

    @Test
    void theCredentialsOfTheMappingsBackendsStayBehind() throws Exception {
        BAO.call("POST", "secret/data/run", "{\"data\": {\"KEY\": \"" + CANARY + "-bao\"}}");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/run#KEY: {env: KEY}\n");
        Wrapped.Result result = wrapped()
                .environment("VAULT_TOKEN", BAO.token())
                .environment("AWS_SECRET_ACCESS_KEY", "canary-aws-1234")
                .script(RUN + "-- sh -c 'echo $KEY ${#KEY} ${VAULT_TOKEN-none} $AWS_SECRET_ACCESS_KEY'");
        assertThat(result).isEqualTo(new Wrapped.Result(0, "*** 19 none ***\n", ""));
    }

    @Test
    void aCredentialThatIsMappedStays() throws Exception {
        BAO.call("POST", "secret/data/run", "{\"data\": {\"KEY\": \"" + CANARY + "-bao\"}}");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/run#KEY: {env: BAO_TOKEN}\n");
        Wrapped.Result result = wrapped()
                .environment("VAULT_TOKEN", BAO.token())
                .environment("BAO_TOKEN", "canary-mapped")
                .script(RUN + "-- sh -c 'echo ${#BAO_TOKEN} ${VAULT_TOKEN-none}'");
        assertThat(result.out()).isEqualTo("13 none\n");
    }

    @Test
    void aReaderThatGoesAwayEndsTheCommandAsItWouldWithoutUs() throws Exception {
        Wrapped.Result result = wrapped().script(RUN + "-- sh -c 'yes; echo yes $? >&2; exit 5' | head -1");
        assertThat(result).isEqualTo(new Wrapped.Result(0, "y\n", "yes 141\n"));
    }

    @Test
    void aProcessLeftBehindWithTheOutputHoldsNothingUp() throws Exception {
        long before = System.nanoTime();
        Wrapped.Result result = wrapped().script(RUN + "-- sh -c 'sleep 30 & echo $!; echo last'");
        assertThat(result.out()).endsWith("\nlast\n");
        assertThat(System.nanoTime() - before).isLessThan(25_000_000_000L);
        ProcessHandle.of(Long.parseLong(result.out().lines().findFirst().orElseThrow()))
                .ifPresent(ProcessHandle::destroy);
    }

    @Test
    void aCommandMayCloseItsOutputAndGoOn() throws Exception {
        assertThat(wrapped().script(RUN + "-- sh -c 'echo one; exec 1>&- 2>&-; sleep 0.2; exit 6'"))
                .isEqualTo(new Wrapped.Result(6, "one\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s 2>&1 | cat",
                "mkfifo named; cat named & %s >named 2>&1; wait",
                "mkfifo named; cat named & %s >named 2>named; wait",
                "%s >file 2>&1; cat file",
                "echo before >file; %s >>file 2>>file; tail -n +2 file"
            })
    void streamsThatAreOneStayInOrderAndWhole(String redirected) throws Exception {
        // A line is written in pieces, as by a program that does not buffer, and in one of them a value is held back.
        String lines = "for i in 1 2 3 4 5 6 7 8; do"
                + " printf \"out canary\"; printf \" $API_KEY\"; echo \" $i\";"
                + " printf \"err canary\" >&2; printf \" $API_KEY\" >&2; echo \" $i\" >&2; done";
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            expected.append("out canary *** ")
                    .append(i)
                    .append("\nerr canary *** ")
                    .append(i)
                    .append('\n');
        }
        Wrapped.Result result = wrapped().script(redirected.formatted(RUN + "-- sh -c '" + lines + "'"));
        assertThat(result).isEqualTo(new Wrapped.Result(0, expected.toString(), ""));
    }

    @Test
    void aFileThatIsOpenedTwiceStaysTwo() throws Exception {
        Wrapped.Result result = wrapped()
                .script("exec 3>file; echo begin >&3; " + RUN
                        + "-- sh -c 'echo err >&2; echo out' >&3 2<>file; cat file");
        assertThat(result).isEqualTo(new Wrapped.Result(0, "err\nn\nout\n", ""));
    }

    @Test
    void aPromptAppearsAndInputArrives() throws Exception {
        Wrapped.Running running = wrapped()
                .start(
                        "run",
                        "--mapping",
                        "secrets.yaml",
                        "--",
                        "sh",
                        "-c",
                        "printf 'Name? '; read name; echo \"[$name]\"");
        running.awaitOutput("Name? ");
        running.process().getOutputStream().write("Ada\n".getBytes(UTF_8));
        running.process().getOutputStream().flush();
        assertThat(running.end()).isEqualTo(new Wrapped.Result(0, "Name? [Ada]\n", ""));
    }

    @Test
    void theEntrypointRunsAnImagesCommand() throws Exception {
        Wrapped.Result result = wrapped()
                .environment("SECRET_AGENT_MAPPING", "secrets.yaml")
                .script("ln -s \"${RUN%/*}/entrypoint\" entry; ./entry sh -c 'echo \"$API_KEY $1\"' sh --mapping");
        assertThat(result).isEqualTo(new Wrapped.Result(0, "*** --mapping\n", ""));
    }

    @Test
    void unmaskedOnlyWhenItIsSaid() throws Exception {
        assertThat(wrapped().script("\"$RUN\" run --mapping secrets.yaml --no-mask -- sh -c 'echo ${#API_KEY}'"))
                .isEqualTo(new Wrapped.Result(0, "15\n", "secret-agent: what sh writes is not masked (--no-mask)\n"));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aGigabyteGoesThroughInLittleMemory(Jdks.Jdk jdk) throws Exception {
        Files.writeString(folder.resolve("flood.py"), """
                import os, sys
                block = b''.join(b'INFO request %d served, 12 ms, cache hit\\n' % i for i in range(20000))
                block += b'key ' + os.environb[b'API_KEY'] + b'\\n'
                for i in range(1 + (1 << 30) // len(block)): sys.stdout.buffer.write(block)
                sys.stdout.flush()
                with open('/proc/%d/status' % os.getppid()) as status:
                    peak = [line for line in status if line.startswith('VmHWM')][0].split()[1]
                print(peak, file=sys.stderr)
                """);
        Wrapped.Result result = wrapped()
                .environment("SECRET_AGENT_JAVA", jdk.java().toString())
                .script(RUN + "-- python3 flood.py | cksum; API_KEY='***' python3 flood.py 2>plain | cksum");
        List<String> sums = result.out().lines().toList();
        assertThat(sums).hasSize(2);
        assertThat(sums.get(0)).isEqualTo(sums.get(1));
        assertThat(Integer.parseInt(result.err().strip())).isLessThan(200_000);
    }

    @Test
    void asProcessOneItReapsOrphansAndHandsOnSignals() throws Exception {
        String script = """
                unshare --pid --fork --mount-proc true 2>/dev/null || { echo no namespace; exit 0; }
                exec unshare --pid --fork --mount-proc --kill-child "$RUN" run --mapping secrets.yaml -- sh -c '
                  echo "parent $PPID"
                  (sh -c "exit 3" & sh -c "exit 4" & exit 0)
                  sleep 1
                  grep -l "^State:.Z" /proc/[0-9]*/status | wc -l
                  trap "echo term; exit 9" TERM
                  kill -TERM 1
                  while :; do sleep 0.05; done'
                """;
        Wrapped.Result result = wrapped().script(script);
        if (result.out().equals("no namespace\n")) {
            System.err.println("SKIPPED: no PID namespace can be made here");
            return;
        }
        assertThat(result).isEqualTo(new Wrapped.Result(9, "parent 1\n0\nterm\n", ""));
    }

    @Test
    void withInitItReapsOrphansAsAnyProcess() throws Exception {
        String script = "-- sh -c '(sh -c \"exit 3\" & exit 0); sleep 1; ps -o stat= --ppid $PPID | grep -c Z'";
        assertThat(wrapped()
                        .script("\"$RUN\" run --mapping secrets.yaml --init " + script)
                        .out())
                .isEqualTo("0\n");
    }

    private Wrapped wrapped() {
        return new Wrapped(folder);
    }

    private void mapping(String entry) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    " + entry + "\n");
    }
}
