package io.secretagent.bootstrap.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The helper or the application's JVM is ended, or held for a while, at some moment of a look at secrets that have just
 * been rotated: a sweep over the time that this takes here. The application has all of the values before or all of the new
 * ones, and has the new ones in the end, from a helper that lives.
 */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledAtRefreshIT {
    private static final String CANARY = "canary-d47be013";
    private static final int STEPS = Integer.getInteger("secretagent.fire.steps", 6);
    private static final int AT_ONCE = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration HELD = Duration.ofMillis(300);
    /** The last step, however long a look takes among so many. */
    private static final Duration WHEN_THEY_HAVE_COME = Duration.ofSeconds(Long.MAX_VALUE);

    private static final String[] NAMES = {"db.username", "db.password", "big"};
    /** What the pipe takes in many pieces, so that a record of it can be cut. */
    private static final int BIG = 1 << 20;

    private static final String KILLED = "secret-agent: the helper process was killed";
    private static final String AGAIN = "secret-agent: the helper process runs again";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private final AtomicInteger hadTheOnesBefore = new AtomicInteger();
    private Duration look = Duration.ZERO;

    KilledAtRefreshIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    /** From a hangup, on which the helper looks at once, to the new values. */
    @BeforeEach
    void measure() throws Exception {
        try (Life life = new Life("measured")) {
            life.living.tell("listen");
            life.rotate(1);
            long begun = System.nanoTime();
            life.send("HUP", life.helper.pid());
            while (!life.living.out().contains("changed BIG\n")) {
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
                life.helper
                        .onExit()
                        .completeOnTimeout(life.helper, 1, TimeUnit.MILLISECONDS)
                        .join();
            }
            look = Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    @Test
    void theNewValuesComeInTheEndAndNothingIsLeft() throws Exception {
        List<Callable<Void>> sweep = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            // Twice as long: together they take longer than one alone.
            Duration moment = step == STEPS - 1
                    ? WHEN_THEY_HAVE_COME
                    : look.multipliedBy(step * 2L).dividedBy(STEPS - 1);
            sweep.add(() -> helperIsKilled(moment));
            sweep.add(() -> applicationIsEnded("KILL", moment));
            if (step % 2 == 0) {
                sweep.add(() -> helperIsToldToEnd(moment));
                sweep.add(() -> helperIsHeld(moment));
                sweep.add(() -> applicationIsEnded("TERM", moment));
            }
            if (step % 3 == 0) {
                sweep.add(() -> nextHelperIsKilledToo(moment));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Void> life : threads.invokeAll(sweep)) {
                life.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(hadTheOnesBefore).as("the sweep met both").hasPositiveValue().hasValueLessThan(STEPS);
        assertThat(new Forms(CANARY).below(folder))
                .allMatch(file -> file.toString().contains("/store/"));
        List<String> verify = new ArrayList<>(List.of("audit", "verify"));
        try (Stream<Path> lives = Files.list(folder)) {
            lives.forEach(life -> verify.add(life.resolve("audit.jsonl").toString()));
        }
        assertThat(Launched.in(folder, Map.of(), verify.toArray(String[]::new)).out())
                .endsWith(": intact\n");
    }

    private Void helperIsKilled(Duration moment) throws Exception {
        try (Life life = new Life("helper-killed-" + moment.getSeconds() + "-" + moment.getNano())) {
            life.signalWhileRotating("KILL", life.helper.pid(), moment);
            life.living.awaitErr(KILLED, 1);
            if (life.isAsBefore()) {
                hadTheOnesBefore.incrementAndGet();
            }
            life.living.awaitErr(AGAIN + "\n", 1);
            life.assertHas(1);
            assertThat(life.living.helper().pid()).isNotEqualTo(life.helper.pid());
            assertThat(Path.of("/proc", Long.toString(life.helper.pid())))
                    .as("a zombie")
                    .doesNotExist();
            life.goesOn();
            assertThat(life.living.err().lines()).hasSize(2);
        }
        return null;
    }

    private Void nextHelperIsKilledToo(Duration moment) throws Exception {
        try (Life life = new Life("next-killed-" + moment.getSeconds() + "-" + moment.getNano())) {
            life.signalWhileRotating("KILL", life.helper.pid(), Duration.ZERO);
            life.living.awaitErr(KILLED, 1);
            ProcessHandle next = life.living.helper();
            life.pause(moment);
            life.send("KILL", next.pid());
            life.living.await(() -> !next.isAlive());
            life.isAsBefore();
            life.assertHas(1);
            life.goesOn();
            // One that is killed before it is a java could not be started.
            assertThat(life.living.err().lines())
                    .allMatch(line -> line.startsWith("secret-agent: the helper process "));
        }
        return null;
    }

    /** As some do with all that there is: the application may still need it. */
    private Void helperIsToldToEnd(Duration moment) throws Exception {
        try (Life life = new Life("helper-told-" + moment.getSeconds() + "-" + moment.getNano())) {
            life.signalWhileRotating("TERM", life.helper.pid(), moment);
            life.assertHas(1);
            assertThat(life.living.helper().pid()).isEqualTo(life.helper.pid());
            life.goesOn();
            assertThat(life.living.err()).isEmpty();
        }
        return null;
    }

    private Void helperIsHeld(Duration moment) throws Exception {
        try (Life life = new Life("helper-held-" + moment.getSeconds() + "-" + moment.getNano())) {
            life.signalWhileRotating("STOP", life.helper.pid(), moment);
            life.pause(HELD);
            life.isAsBefore();
            life.send("CONT", life.helper.pid());
            life.assertHas(1);
            assertThat(life.living.helper().pid()).isEqualTo(life.helper.pid());
            life.goesOn();
            assertThat(life.living.err()).isEmpty();
        }
        return null;
    }

    private Void applicationIsEnded(String signal, Duration moment) throws Exception {
        try (Life life = new Life("application-" + signal + moment.getSeconds() + "-" + moment.getNano())) {
            life.signalWhileRotating(signal, life.living.pid(), moment);
            assertThat(life.living.awaitEnd()).isEqualTo(signal.equals("KILL") ? 137 : 143);
            life.helper.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(life.living.err()).isEmpty();
        }
        return null;
    }

    /** An application that lives, with its helper. */
    private final class Life implements AutoCloseable {
        final LivingJvm living;
        final ProcessHandle helper;
        private final Volume store;

        Life(String name) throws Exception {
            Path own = Files.createDirectory(folder.resolve(name));
            store = new Volume(own.resolve("store"), "db.json", "BIG");
            rotate(0);
            Path mapping = Files.writeString(own.resolve("secrets.yaml"), """
                    refresh: 1s
                    guards: {all: off}
                    audit: audit.jsonl
                    backends:
                      store: {type: directory, path: store}
                    secrets:
                      store:
                        db.json#*: db.*
                        BIG: {property: big, mask: false}
                    """);
            living = LivingJvm.start(ChildJvm.on(jdk).agent(mapping), own);
            helper = living.helper();
            living.await(this::helperStays);
        }

        void rotate(int generation) throws IOException {
            store.mount(Map.of(
                    "db.json",
                    "{\"username\":\"" + value("db.username", generation) + "\",\"password\":\""
                            + value("db.password", generation) + "\"}",
                    "BIG",
                    value("big", generation)));
        }

        void signalWhileRotating(String signal, long pid, Duration moment) throws Exception {
            rotate(1);
            send("HUP", helper.pid());
            pause(moment);
            send(signal, pid);
        }

        /** Whether all of its values are those from before the rotation: else all of them are new. */
        boolean isAsBefore() throws Exception {
            String shown = shown();
            if (!shown.equals(lines(0))) {
                // They may have come between two that were shown: then all have.
                assertThat(shown()).isEqualTo(lines(1));
            }
            return shown.equals(lines(0));
        }

        void assertHas(int generation) throws Exception {
            for (String name : NAMES) {
                living.awaitProperty(name, value(name, generation));
            }
        }

        /** There is somebody who looks, and who ends with the application. */
        void goesOn() throws Exception {
            rotate(2);
            assertHas(2);
            assertThat(living.end()).isZero();
        }

        void pause(Duration time) throws Exception {
            if (time.equals(WHEN_THEY_HAVE_COME)) {
                assertHas(1);
                return;
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }

        void send(String signal, long pid) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }

        @Override
        public void close() throws IOException {
            living.close();
        }

        /** Before that it would end by a signal. */
        private boolean helperStays() throws IOException {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(helper.pid()), "task"))) {
                for (Path thread : threads.toList()) {
                    if (Files.readString(thread.resolve("comm")).startsWith("hup-")) {
                        return true;
                    }
                }
            }
            return false;
        }

        private String shown() throws Exception {
            int before = living.out().length();
            for (String name : NAMES) {
                living.tell("show " + name);
            }
            living.await(() -> living.out().substring(before).lines().count() == NAMES.length
                    && living.out().endsWith("\n"));
            return living.out().substring(before);
        }

        private String lines(int generation) throws Exception {
            StringBuilder lines = new StringBuilder();
            for (String name : NAMES) {
                lines.append(ShowSecrets.line(name, value(name, generation))).append('\n');
            }
            return lines.toString();
        }

        private static String value(String name, int generation) {
            String value = CANARY + "-" + name + "-" + "abc".charAt(generation);
            return name.equals("big") ? value.repeat(BIG / value.length()) : value;
        }
    }
}
