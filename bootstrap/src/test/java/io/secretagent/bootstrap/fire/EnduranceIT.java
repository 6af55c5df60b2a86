package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand secrets of an OpenBao that change, a refresh every five seconds, sixteen threads that log, a server that goes
 * away and a helper that is held at random, and killed in a run of more than ten minutes. For {@code
 * -Dsecretagent.fire.minutes=60}, or else for one.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class EnduranceIT {
    private static final String CANARY = "canary-91f4c6aa";
    private static final int SECRETS = 1_000;
    private static final int THREADS = 16;
    private static final Duration LASTS = Duration.ofMinutes(Integer.getInteger("secretagent.fire.minutes", 1));
    private static final Duration LONG = Duration.ofMinutes(10);
    /** Two periods, and what a busy machine takes. */
    private static final Duration OLDEST = Duration.ofSeconds(10 + 15);

    @RegisterExtension
    static final OpenBaoServer OPENBAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    private final Random random = new Random();
    private final long begun = System.nanoTime();
    private final List<Map<String, Object>> stored = new ArrayList<>();
    /** The stamps of values that were stored, by secret, with when that was. So short that none is masked by itself. */
    private final Map<Integer, long[]> newest = new HashMap<>();
    /** When all was well again after the last fault. */
    private volatile long well;

    private final Lines lines = new Lines();

    @Test
    void nothingLeaksNothingIsLostNothingGrows() throws Exception {
        fill();
        try (HttpGate gate = new HttpGate(OPENBAO.address())) {
            Path err = folder.resolve("err");
            Process process = new ProcessBuilder(ChildJvm.on(Jdks.current())
                            .agent(mapping(gate))
                            .option("-Xmx512m")
                            .command(
                                    "-cp",
                                    ChildJvm.testClasses().toString(),
                                    Endures.class.getName(),
                                    Integer.toString(SECRETS),
                                    Integer.toString(THREADS)))
                    .redirectError(err.toFile())
                    .start();
            try {
                Thread reader = new Thread(() -> read(process), "reader");
                reader.start();
                trouble(process, gate);
                process.getOutputStream().close();
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                reader.join();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(lines.wrong).isEmpty();
            assertThat(lines.ended).isTrue();
            assertThat(lines.count).isGreaterThan(LASTS.toSeconds() * THREADS);
            assertThat(lines.seen).isGreaterThan(SECRETS);
            lines.assertFlat();
            assertThat(new Forms(CANARY).areIn(Files.readAllBytes(err))).isFalse();
            System.out.println("endurance: " + LASTS.toMinutes() + " min, " + lines.count + " lines, " + newest.size()
                    + " of " + SECRETS + " secrets changed, " + lines.states());
        }
    }

    private void fill() throws Exception {
        for (int path = 0; path < Endures.PATHS; path++) {
            stored.add(new HashMap<>());
        }
        for (int i = 0; i < SECRETS; i++) {
            stored.get(i % Endures.PATHS).put(Integer.toString(i), value(i, 0));
        }
        for (int path = 0; path < Endures.PATHS; path++) {
            store(path);
        }
    }

    private static String value(int secret, long stamp) {
        return CANARY + "-" + secret + "-" + Long.toHexString(new Random(secret * 31L + stamp).nextLong()) + " "
                + stamp;
    }

    private void store(int path) throws Exception {
        OPENBAO.call("POST", "secret/data/load" + path, Json.text(Map.of("data", stored.get(path))));
    }

    private Path mapping(HttpGate gate) throws Exception {
        StringBuilder mapping = new StringBuilder(
                        "refresh: 5s\nguards: {all: off}\nbackends:\n  bao: {type: vault, address: \"")
                .append(gate.address())
                .append("\", auth: {method: token, token-file: token}}\nsecrets:\n  bao:\n");
        for (int path = 0; path < Endures.PATHS; path++) {
            mapping.append("    \"secret/load")
                    .append(path)
                    .append("#*\": p")
                    .append(path)
                    .append(".*\n");
        }
        Files.writeString(folder.resolve("token"), OPENBAO.token());
        return Files.writeString(folder.resolve("secrets.yaml"), mapping);
    }

    private void trouble(Process process, HttpGate gate) throws Exception {
        long end = System.nanoTime() + LASTS.toNanos();
        well = System.nanoTime();
        long nextFault = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            int secret = random.nextInt(SECRETS);
            long stamp = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            stored.get(secret % Endures.PATHS).put(Integer.toString(secret), value(secret, stamp));
            store(secret % Endures.PATHS);
            synchronized (newest) {
                newest.put(secret, new long[] {stamp, System.nanoTime()});
            }
            if (System.nanoTime() > nextFault) {
                well = Long.MAX_VALUE;
                fault(process, gate);
                well = System.nanoTime();
                nextFault = System.nanoTime()
                        + Duration.ofSeconds(20 + random.nextInt(20)).toNanos();
            }
            process.waitFor(2, TimeUnit.SECONDS);
        }
    }

    private void fault(Process process, HttpGate gate) throws Exception {
        switch (random.nextInt(LASTS.compareTo(LONG) > 0 ? 3 : 2)) {
            case 0 -> {
                gate.shut();
                process.waitFor(3 + random.nextInt(6), TimeUnit.SECONDS);
                gate.open();
                // It has backed off.
                process.waitFor(20, TimeUnit.SECONDS);
            }
            case 1 -> {
                long helper = process.children().findFirst().orElseThrow().pid();
                send("STOP", helper);
                process.waitFor(2, TimeUnit.SECONDS);
                send("CONT", helper);
            }
            default -> {
                send("KILL", process.children().findFirst().orElseThrow().pid());
                // The next attempts to start one are up to five minutes apart.
                process.waitFor(330, TimeUnit.SECONDS);
            }
        }
    }

    private static void send(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    private void read(Process process) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            lines.wrong.add("the output broke");
        }
    }

    /** The application would wait for a reader that has given up. */
    private void take(String line) {
        try {
            lines.take(line);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            lines.wrong("a number is masked or cut");
        }
    }

    /** What the application has printed so far. */
    private final class Lines {
        final List<String> wrong = new ArrayList<>();
        final int[] next = new int[THREADS];
        final List<long[]> states = new ArrayList<>();
        long count;
        long seen;
        boolean ended;

        void take(String line) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "line" -> {
                    int thread = Integer.parseInt(words[1]);
                    if (next[thread]++ != Integer.parseInt(words[2]) || !words[3].equals("***")) {
                        wrong("a line is lost, or not masked, before number " + words[2] + " of thread " + words[1]);
                    }
                    count++;
                }
                case "seen" -> {
                    seen++;
                    look(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                }
                case "state" -> states.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
                case "ends" -> ended = true;
                case "lives" -> {}
                default -> wrong("a line of another form");
            }
        }

        private void look(int secret, long stamp) {
            long now = System.nanoTime();
            synchronized (newest) {
                long[] last = newest.get(secret);
                long since = Math.max(last == null ? now : last[1], well);
                if (last != null && stamp < last[0] && well != Long.MAX_VALUE && now - since > OLDEST.toNanos()) {
                    wrong("secret " + secret + " has an old value for "
                            + Duration.ofNanos(now - last[1]).toSeconds() + " s");
                }
            }
        }

        private void wrong(String what) {
            if (wrong.size() < 20) {
                wrong.add(what);
            }
        }

        /** Of the second half, when all is loaded: what is kept masked for life is a few hundred bytes a change. */
        void assertFlat() {
            List<long[]> later = states.subList(states.size() / 2, states.size());
            long growth = later.get(later.size() - 1)[0] - later.get(0)[0];
            assertThat(growth).as(states()).isLessThan((8L << 20) + newest.size() * 4_096L);
            assertThat(later.get(later.size() - 1)[1]).as(states()).isEqualTo(later.get(0)[1]);
        }

        String states() {
            long[] first = states.get(states.size() / 2);
            long[] last = states.get(states.size() - 1);
            return "heap " + first[0] / 1024 + " to " + last[0] / 1024 + " KiB, threads " + first[1] + " to " + last[1];
        }
    }
}
