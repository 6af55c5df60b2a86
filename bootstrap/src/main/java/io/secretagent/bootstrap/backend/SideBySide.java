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
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks for locations side by side, on daemon threads that end with the fetch, and waits until the deadline and no longer.
 * The wait is here and not in an HTTP client: the JDK's own timeouts end with an answer's headers (JDK-8208693), and a
 * body that comes a byte a second would pass them all.
 */
public final class SideBySide {
    /** Enough to hide the network's latency, too few to trouble a store or be throttled by it. */
    private static final int AT_ONCE = 8;

    /** Asks for one location. */
    @FunctionalInterface
    public interface Ask<T> {
        T ask(Location location) throws BackendException;
    }

    /**
     * Asks for them all.
     *
     * @param thread the threads' name
     * @param failed what a failure is as an answer
     * @param late the failure of a location that the deadline overtook
     * @return an answer for each
     */
    public static <T> Map<Location, T> ask(
            String thread,
            Set<Location> wanted,
            Deadline deadline,
            Ask<T> ask,
            Function<Failure, T> failed,
            Supplier<Failure> late) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            Map<Location, Future<T>> asked = new LinkedHashMap<>();
            wanted.forEach(location -> asked.put(location, pool.submit(() -> ask.ask(location))));
            Map<Location, T> answers = new LinkedHashMap<>();
            asked.forEach((location, answer) -> answers.put(location, await(answer, deadline, failed, late)));
            return answers;
        } finally {
            // Interrupts what the deadline has overtaken.
            pool.shutdownNow();
        }
    }

    private static <T> T await(
            Future<T> answer, Deadline deadline, Function<Failure, T> failed, Supplier<Failure> late) {
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failed.apply(late.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed.apply(late.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return failed.apply(cause instanceof BackendException known ? known.failure() : Failure.defect(cause));
        }
    }

    private SideBySide() {}
}
