package io.secretagent.bootstrap.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simulation of a thousand processes that start within a second and read secrets of one store, which serves so many calls
 * in each window of time and refuses the rest. The repetition and what is side by side are the product's own code; the
 * store, its latency and its quota are made up, and so nothing is said of a real one but what its documentation says.
 *
 * <p>Prints a row for each case: processes that have all their secrets, calls made and refused, and when they had them.
 */
public final class FleetSimulation {
    private static final int PROCESSES = 1_000;
    private static final long WITHIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Failure SLOW_DOWN = new Failure(Failure.Kind.THROTTLED, "throttled", "wait");

    /**
     * One case.
     *
     * @param calls of each process
     * @param quota calls that are served in a window
     * @param timeout of each process' fetch; a fourth of a second leaves no time for another attempt
     */
    private record Case(String name, int calls, int quota, Duration window, Duration timeout) {}

    public static void main(String[] arguments) throws InterruptedException {
        Duration ten = Duration.ofSeconds(10);
        Duration second = Duration.ofSeconds(1);
        Duration once = Duration.ofMillis(250);
        System.out.println(
                "| of 1,000 processes | calls each | served | timeout | have all | calls made | refused | median, s | last, s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Case one : List.of(
                new Case("Azure, 3 secrets, one attempt", 3, 4_000, ten, once),
                new Case("Azure, 3 secrets", 3, 4_000, ten, Duration.ofSeconds(30)),
                new Case("Azure, 10 secrets, one attempt", 10, 4_000, ten, once),
                new Case("Azure, 10 secrets", 10, 4_000, ten, Duration.ofSeconds(30)),
                new Case("Azure, 10 secrets", 10, 4_000, ten, Duration.ofSeconds(60)),
                new Case("AWS, 20 secrets in a batch, one attempt", 1, 100, second, once),
                new Case("AWS, 20 secrets in a batch", 1, 100, second, Duration.ofSeconds(30)),
                new Case("a Vault with a rate limit, 10 secrets", 10, 500, second, Duration.ofSeconds(30)))) {
            System.out.println(new Store(one).run());
        }
    }

    /** Serves what its quota has. */
    private static final class Store {
        private final Case one;
        private final long begun = System.nanoTime();
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final List<Double> done = Collections.synchronizedList(new ArrayList<>());
        private long window;

        Store(Case one) {
            this.one = one;
        }

        String run() throws InterruptedException {
            CountDownLatch ended = new CountDownLatch(PROCESSES);
            for (int i = 0; i < PROCESSES; i++) {
                Thread process = new Thread(null, () -> start(ended), "process", 256 << 10);
                process.setDaemon(true);
                process.start();
            }
            ended.await();
            Collections.sort(done);
            int all = done.size();
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d in %d s | %s s | %d | %d | %d | %s | %s |",
                    one.name,
                    one.calls,
                    one.quota,
                    one.window.toSeconds(),
                    one.timeout.toMillis() / 1000.0,
                    all,
                    made.get(),
                    refused.get(),
                    all == 0 ? "" : seconds(done.get(all / 2)),
                    all == 0 ? "" : seconds(done.get(all - 1)));
        }

        private void start(CountDownLatch ended) {
            try {
                TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(WITHIN_NANOS));
                Deadline deadline = Deadline.after(one.timeout);
                Set<Location> wanted = new LinkedHashSet<>();
                for (int i = 0; i < one.calls; i++) {
                    wanted.add(new Location("secret" + i, null, null));
                }
                Map<Location, Boolean> answers = SideBySide.ask(
                        "read",
                        wanted,
                        deadline,
                        location -> Retry.within(deadline, this::call),
                        failure -> false,
                        () -> SLOW_DOWN);
                if (!answers.containsValue(false)) {
                    done.add((System.nanoTime() - begun) / 1e9);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended.countDown();
            }
        }

        private boolean call() throws BackendException {
            made.incrementAndGet();
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new BackendException(SLOW_DOWN, e);
            }
            if (!serves()) {
                refused.incrementAndGet();
                throw new BackendException(SLOW_DOWN, null);
            }
            return true;
        }

        private synchronized boolean serves() {
            long now = (System.nanoTime() - begun) / one.window.toNanos();
            if (now != window) {
                window = now;
                served.set(0);
            }
            return served.incrementAndGet() <= one.quota;
        }

        private static String seconds(double seconds) {
            return String.format(Locale.ROOT, "%.1f", seconds);
        }
    }

    private FleetSimulation() {}
}
