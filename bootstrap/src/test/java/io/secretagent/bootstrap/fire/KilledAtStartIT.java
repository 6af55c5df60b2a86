package io.secretagent.bootstrap.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The helper or the application's JVM is ended, or held for a while, at some moment of the start: a sweep over the time
 * that a start takes here, so that each step is met. Either all is as if nothing had been, or nothing has begun.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledAtStartIT {
    private static final String CANARY = "canary-5b0c1f9e";
    private static final int STEPS = Integer.getInteger("secretagent.fire.steps", 12);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path audit = Path.of("");
    private ChildJvm child = ChildJvm.on(Jdks.current());
    private List<String> whole = List.of();
    private Duration start = Duration.ZERO;

    @BeforeEach
    void measure() throws Exception {
        Store store = new Store(folder);
        store.put("ONE", CANARY + "-one");
        store.put("TWO", CANARY + "-two");
        audit = folder.resolve("audit.jsonl");
        child = ChildJvm.on(Jdks.current())
                .agent(store.mappingWith("audit: \"" + audit + "\"\n", "ONE: one", "TWO: {property: two, env: TWO}"));
        whole = List.of(ShowSecrets.line("one", CANARY + "-one"), ShowSecrets.line("two", CANARY + "-two"));
        long begun = System.nanoTime();
        assertThat(child.run(ShowSecrets.class, "one", "two").out().lines()).isEqualTo(whole);
        start = Duration.ofNanos(System.nanoTime() - begun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void withoutItsHelperTheApplicationDoesNotStartUnlessItHasAll(String signal) throws Exception {
        int killed = 0;
        for (int step = 0; step < STEPS; step++) {
            Life life = begin();
            Optional<ProcessHandle> helper =
                    life.helperAfter(start.multipliedBy(step).dividedBy(STEPS));
            if (helper.isPresent()) {
                send(signal, helper.get().pid());
                killed++;
            }
            life.endsWhollyOrNotAtAll(70);
        }
        assertThat(killed).as("the sweep met the helper").isGreaterThan(2);
        assertIntact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void withItsParentTheHelperEnds(String signal) throws Exception {
        int orphaned = 0;
        for (int step = 0; step < STEPS; step++) {
            Life life = begin();
            Optional<ProcessHandle> helper =
                    life.helperAfter(start.multipliedBy(step).dividedBy(STEPS));
            send(signal, life.process.pid());
            assertThat(life.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            if (helper.isPresent()) {
                helper.get().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                orphaned++;
            }
            assertThat(life.all()).doesNotContain("canary");
        }
        assertThat(orphaned).as("the sweep met the helper").isGreaterThan(2);
        assertIntact();
    }

    /** As a debugger, a suspended laptop or a machine without memory holds a process. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsHeldForAWhileGoesOn(boolean helperIs) throws Exception {
        for (int step = 0; step < STEPS; step += 2) {
            Life life = begin();
            Optional<ProcessHandle> helper =
                    life.helperAfter(start.multipliedBy(step).dividedBy(STEPS));
            long held = helperIs ? helper.map(ProcessHandle::pid).orElse(0L) : life.process.pid();
            if (held != 0) {
                send("STOP", held);
                life.process.waitFor(300, TimeUnit.MILLISECONDS);
                send("CONT", held);
            }
            life.endsWhollyOrNotAtAll(0);
        }
        assertIntact();
    }

    private Life begin() throws IOException {
        return new Life(folder, child, whole);
    }

    private void assertIntact() throws Exception {
        Launched verified = Launched.in(folder, Map.of(), "audit", "verify", audit.toString());
        assertThat(verified.out()).endsWith(": intact\n");
        assertThat(new Forms(CANARY).below(folder)).allMatch(file -> file.startsWith(folder.resolve("store")));
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        // One that has ended already is no fault of the test's.
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** One start. */
    private static final class Life {
        final Process process;
        private final Path out;
        private final Path err;
        private final List<String> whole;
        private final List<ProcessHandle> helpers = new ArrayList<>();

        Life(Path folder, ChildJvm child, List<String> whole) throws IOException {
            this.whole = whole;
            out = Files.createTempFile(folder, "life", ".out");
            err = Files.createTempFile(folder, "life", ".err");
            process = child.start(
                    out, err, "-cp", ChildJvm.testClasses().toString(), ShowSecrets.class.getName(), "one", "two");
        }

        /** The helper, if there is one when this time is over. */
        Optional<ProcessHandle> helperAfter(Duration wait) throws InterruptedException {
            long end = System.nanoTime() + wait.toNanos();
            while (System.nanoTime() < end && process.isAlive()) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            Optional<ProcessHandle> helper = process.children().findFirst();
            helper.ifPresent(helpers::add);
            return helper;
        }

        /**
         * With everything, or with this code (and not that of an early signal) and a line.
         */
        void endsWhollyOrNotAtAll(int otherwise) throws Exception {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("it hangs: %s", all())
                    .isTrue();
            if (process.exitValue() == 0) {
                assertThat(Files.readAllLines(out)).isEqualTo(whole);
                assertThat(err).isEmptyFile();
            } else {
                assertThat(process.exitValue()).as(all()).isEqualTo(otherwise);
                assertThat(out).isEmptyFile();
                assertThat(Files.readAllLines(err)).hasSize(1).allMatch(line -> line.startsWith("secret-agent: "));
            }
            for (ProcessHandle helper : helpers) {
                helper.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(all()).doesNotContain("canary");
        }

        String all() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }
    }
}
