package io.secretagent.bootstrap.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads locations side by side, on daemon threads that end with the fetch, and waits until the deadline and no longer.
 * The wait is here and not in an HTTP client: the JDK's own timeouts end with an answer's headers (JDK-8208693), and a
 * body that comes a byte a second would pass them all.
 */
public final class SideBySide {
    /** Enough to hide the network's latency, too few to trouble a store or be throttled by it. */
    private static final int AT_ONCE = 8;

    /** Reads one location. */
    @FunctionalInterface
    public interface Read {
        Outcome read(Location location) throws BackendException;
    }

    /**
     * Reads them all.
     *
     * @param thread the threads' name
     * @param late the failure of a location that the deadline overtook
     * @return an outcome for each
     */
    public static Map<Location, Outcome> read(
            String thread, Set<Location> wanted, Deadline deadline, Read read, Supplier<Failure> late) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            Map<Location, Future<Outcome>> reads = new LinkedHashMap<>();
            wanted.forEach(location -> reads.put(location, pool.submit(() -> read.read(location))));
            Map<Location, Outcome> outcomes = new LinkedHashMap<>();
            reads.forEach((location, outcome) -> outcomes.put(location, await(outcome, deadline, late)));
            return outcomes;
        } finally {
            // Interrupts what the deadline has overtaken.
            pool.shutdownNow();
        }
    }

    private static Outcome await(Future<Outcome> outcome, Deadline deadline, Supplier<Failure> late) {
        try {
            return outcome.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Failed(late.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(late.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Outcome.Failed(
                    cause instanceof BackendException failed ? failed.failure() : Failure.defect(cause));
        }
    }

    private SideBySide() {}
}
