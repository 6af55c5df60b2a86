package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rotation and a rollback in a folder, killed before each call that changes the folder, and what is lost then: nothing. */
@Timeout(300)
class RotateKilledInFolderIT {
    private static final String FIRST = "canary-first-0b51d2";
    private static final String SECOND = "canary-second-71c0";
    private static final String THIRD = "canary-third-19e4b7";

    /** Between two of them nothing is done to a file that has a name of its own. Some of them not every machine has. */
    private static final String CALLS = "?rename,?renameat,?renameat2,?unlink,?unlinkat,fsync";

    @TempDir
    private Path folder;

    private Path file;
    private List<String> strace = List.of();

    @BeforeEach
    void store() throws Exception {
        strace = Provision.orSkip("strace", () -> Provision.command("strace", "strace", "libunwind8"));
        file = Files.createDirectory(folder.resolve("store")).resolve("KEY");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    KEY: key\n");
    }

    @Test
    void aRotationLosesNeitherTheCurrentValueNorTheOneBefore() throws Exception {
        begin();
        for (String call : calls("rotate", "--stdin", "KEY")) {
            begin();
            assertThat(killed(call, "rotate", "--stdin", "KEY")).isEqualTo(137);
            boolean rotated = Files.readString(file).equals(THIRD);
            assertThat(Files.readString(file)).as("before %s", call).isEqualTo(rotated ? THIRD : SECOND);
            assertThat(run("rollback", "KEY")).isZero();
            assertThat(Files.readString(file)).as("back, before %s", call).isEqualTo(rotated ? SECOND : FIRST);
            assertClean();
        }
    }

    @Test
    void aRollbackLosesNeither() throws Exception {
        begin();
        for (String call : calls("rollback", "KEY")) {
            begin();
            assertThat(killed(call, "rollback", "KEY")).isEqualTo(137);
            boolean back = Files.readString(file).equals(FIRST);
            assertThat(Files.readString(file)).as("before %s", call).isEqualTo(back ? FIRST : SECOND);
            assertThat(run("rollback", "KEY")).isZero();
            assertThat(Files.readString(file)).as("again, before %s", call).isEqualTo(back ? SECOND : FIRST);
            assertClean();
        }
    }

    /** The first one between its two last steps, the second at each of its own. */
    @Test
    void twoKilledOneAfterTheOtherLoseNothing() throws Exception {
        begin();
        List<String> calls = calls("rotate", "--stdin", "KEY");
        String last = calls.get(calls.size() - 2);
        betweenItsLastSteps(last);
        for (String call : calls("rollback", "KEY")) {
            betweenItsLastSteps(last);
            assertThat(killed(call, "rollback", "KEY")).isEqualTo(137);
            boolean back = Files.readString(file).equals(SECOND);
            assertThat(run("rollback", "KEY")).isZero();
            assertThat(Files.readString(file)).as("before %s", call).isEqualTo(back ? THIRD : SECOND);
            assertClean();
        }
    }

    private void betweenItsLastSteps(String last) throws Exception {
        begin();
        assertThat(killed(last, "rotate", "--stdin", "KEY")).isEqualTo(137);
        assertThat(Files.readString(file)).isEqualTo(THIRD);
        assertThat(Files.readString(file.resolveSibling(".KEY.replaced"))).isEqualTo(SECOND);
    }

    /** The first value is the one before, the second the current one. */
    private void begin() throws Exception {
        Files.writeString(file, FIRST);
        assertThat(end(started(List.of(), "rotate", "--stdin", "KEY"), SECOND)).isZero();
    }

    private void assertClean() throws IOException {
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("KEY", "KEY.previous");
        }
    }

    /** Those that it makes from here, each as strace takes it: a name, and which of that name. */
    private List<String> calls(String... arguments) throws Exception {
        Path trace = folder.resolve("trace");
        assertThat(end(start(List.of("-o", trace.toString()), arguments), THIRD))
                .isZero();
        Map<String, Integer> counts = new HashMap<>();
        List<String> calls = Pattern.compile("(?m)^\\d+ +(\\w+)\\(")
                .matcher(Files.readString(trace))
                .results()
                .map(call -> call.group(1) + ":signal=KILL:when=" + counts.merge(call.group(1), 1, Integer::sum))
                .toList();
        assertThat(calls).hasSizeGreaterThan(4);
        return calls;
    }

    private int killed(String call, String... arguments) throws Exception {
        return end(start(List.of("-o", "/dev/null", "-e", "inject=" + call), arguments), THIRD);
    }

    private int run(String... arguments) throws Exception {
        return end(started(List.of(), arguments), "");
    }

    private Process start(List<String> options, String... arguments) throws IOException {
        List<String> traced = new ArrayList<>(strace);
        traced.addAll(List.of("-f", "-qq", "-e", "signal=none", "-e", "trace=" + CALLS));
        traced.addAll(options);
        return started(traced, arguments);
    }

    private Process started(List<String> before, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(before);
        line.add(ChildJvm.distribution().resolve("bin/secret-agent").toString());
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int end(Process process, String input) throws Exception {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // What reads nothing may have ended.
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
