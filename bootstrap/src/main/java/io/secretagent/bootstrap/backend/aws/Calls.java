package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls of batches on at most eight threads, waited for until a moment and no longer. The SDK's own time-outs cannot be relied on
 * for that: its credential providers have none, and a read from HttpURLConnection cannot be interrupted.
 */
final class Calls implements AutoCloseable {
    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "aws-secrets-manager");
        thread.setDaemon(true);
        return thread;
    });

    /** One call for some locations; what is absent from the answer is not settled. */
    @FunctionalInterface
    interface Read {
        Map<Location, Outcome> read(List<Location> asked) throws BackendException;
    }

    /** Makes a call for each group, repeated where that can help. A call that fails is the failure of its group. */
    Map<Location, Outcome> read(List<List<Location>> groups, Read read, Deadline deadline) throws InterruptedException {
        Map<List<Location>, Failure> lastFailures = new ConcurrentHashMap<>();
        List<Callable<Map<Location, Outcome>>> calls = new ArrayList<>();
        for (List<Location> group : groups) {
            calls.add(() -> Retry.within(deadline, () -> {
                try {
                    return read.read(group);
                } catch (BackendException e) {
                    if (e.failure().kind() != Failure.Kind.TIMED_OUT) {
                        lastFailures.put(group, e.failure());
                    }
                    throw e;
                }
            }));
        }
        List<Future<Map<Location, Outcome>>> answers =
                threads.invokeAll(calls, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        Map<Location, Outcome> outcomes = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Location> group = groups.get(i);
            try {
                outcomes.putAll(answers.get(i).get());
            } catch (ExecutionException e) {
                fail(group, told(failure(e), lastFailures.get(group)), outcomes);
            } catch (CancellationException e) {
                fail(group, told(late(), lastFailures.get(group)), outcomes);
            }
        }
        return outcomes;
    }

    /**
     * Makes one call.
     *
     * @throws BackendException the call's own, or this failure if there is no answer within the limit
     */
    <T> T call(Callable<T> call, Duration limit, Failure late) throws BackendException, InterruptedException {
        Future<T> answer = threads.invokeAll(List.of(call), limit.toNanos(), TimeUnit.NANOSECONDS)
                .get(0);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new BackendException(failure(e), e.getCause());
        } catch (CancellationException e) {
            throw new BackendException(late, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    static Failure late() {
        return new Failure(
                Failure.Kind.TIMED_OUT,
                "the time for the fetch ran out before AWS Secrets Manager answered",
                "check the network to AWS, or raise timeout in the mapping");
    }

    private static Failure failure(ExecutionException e) {
        if (e.getCause() instanceof BackendException failed) {
            return failed.failure();
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Failure.defect(cause);
    }

    /** What went wrong until then says more than that time ran out. */
    private static Failure told(Failure failure, @Nullable Failure last) {
        return failure.kind() == Failure.Kind.TIMED_OUT && last != null ? last : failure;
    }

    private static void fail(List<Location> group, Failure failure, Map<Location, Outcome> outcomes) {
        for (Location location : group) {
            outcomes.put(location, new Outcome.Failed(failure));
        }
    }
}
