package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code run} is ended at some moment: a sweep over the time that its start takes here and a little more, so that each
 * step is met, those with the command too. Nothing stays behind, and what was written until then is masked.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RunKilledIT {
    private static final String CANARY = "canary-2f96d0b8";
    private static final int STEPS = Integer.getInteger("secretagent.fire.steps", 12);
    private static final long LIMIT_SECONDS = 60;

    /** In an argument of the command, by which its processes are found. */
    private final String mark = "mark-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private Path audit = Path.of("");
    private Path mapping = Path.of("");
    private Duration start = Duration.ZERO;

    @BeforeEach
    void measure() throws Exception {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        audit = folder.resolve("audit.jsonl");
        mapping = store.mappingWith("audit: \"" + audit + "\"\n", "API_KEY: {env: API_KEY}");
        long begun = System.nanoTime();
        assertThat(new Wrapped(folder)
                        .run("run", "--mapping", mapping.toString(), "--", "sh", "-c", "echo $API_KEY")
                        .out())
                .isEqualTo("***\n");
        start = Duration.ofNanos(System.nanoTime() - begun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "HUP"})
    void nothingStaysBehind(String signal) throws Exception {
        int started = 0;
        for (int step = 0; step < STEPS; step++) {
            Wrapped.Running running = new Wrapped(folder)
                    .start(
                            "run",
                            "--mapping",
                            mapping.toString(),
                            "--",
                            "sh",
                            "-c",
                            "while echo \"tick $API_KEY\"; do sleep 0.05; done",
                            mark);
            // Up to half as long again: then the command runs.
            running.process()
                    .waitFor(start.multipliedBy(step * 3L).dividedBy(STEPS * 2L).toNanos(), TimeUnit.NANOSECONDS);
            running.signal(signal);
            Wrapped.Result result = running.end();
            assertThat(result.exit()).as(result.err()).isEqualTo(128 + Wrapped.number(signal));
            assertThat(result.out().lines()).allMatch("tick ***"::equals);
            assertThat(result.err()).isEmpty();
            assertThat(result.out() + result.err()).doesNotContain("canary");
            awaitNobody();
            started += result.out().isEmpty() ? 0 : 1;
        }
        assertThat(started).as("the sweep met the command").isBetween(1, STEPS - 1);
        assertThat(Launched.in(folder, Map.of(), "audit", "verify", audit.toString())
                        .out())
                .endsWith(": intact\n");
        assertThat(Files.readString(audit)).doesNotContain("canary");
    }

    private void awaitNobody() throws Exception {
        for (ProcessHandle process : ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .toList()) {
            process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
