package io.secretagent.bootstrap.backend;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one policy of repetition, for every backend; the SDKs' own are switched off. Exponential backoff with jitter, on
 * faults that pass by themselves ({@link Failure.Kind#isTransient()}), never on a refusal, within the deadline.
 */
public final class Retry {
    private static final int ATTEMPTS = 6;
    /** Before the deadline, for the last attempt's answer, which says more than that the time was over. */
    private static final Duration LAST_ANSWER = Duration.ofMillis(500);
    /** To Failsafe. */
    private static final int UNLIMITED = -1;

    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(4);
    /** Each delay is between half and one and a half times its nominal length. */
    private static final double JITTER = 0.5;

    /** One call to a store. */
    @FunctionalInterface
    public interface Call<T> {
        T call() throws BackendException;
    }

    /**
     * Calls until it succeeds, fails for good, has failed six times, or the deadline has passed. Where the store asks to
     * slow down only the deadline counts: a fleet that starts at once takes a while to be served.
     *
     * @throws BackendException the last failure
     */
    public static <T> T within(Deadline deadline, Call<T> call) throws BackendException {
        // Failsafe takes no duration that ends within the first delay (RetryPolicyBuilder.withMaxDuration).
        boolean repeats = deadline.remaining().compareTo(FIRST_DELAY) > 0;
        AtomicInteger attempts = new AtomicInteger();
        RetryPolicy<T> policy = RetryPolicy.<T>builder()
                .handleIf(e -> e instanceof BackendException b
                        && b.failure().kind().isTransient()
                        && !deadline.hasPassed()
                        && (attempts.get() < ATTEMPTS || b.failure().kind() == Failure.Kind.THROTTLED))
                .withMaxAttempts(repeats ? UNLIMITED : 1)
                .withBackoff(FIRST_DELAY, LONGEST_DELAY)
                // Negative: the backoff above applies.
                .withDelayFnOn(Retry::wishOfTheStore, BackendException.class)
                .withJitter(JITTER)
                .withMaxDuration(longerThanTheFirstDelay(deadline.remaining().minus(LAST_ANSWER)))
                .build();
        try {
            return Failsafe.with(policy).get(() -> {
                attempts.incrementAndGet();
                return call.call();
            });
        } catch (FailsafeException e) {
            if (e.getCause() instanceof BackendException failed) {
                Trace.print(failed);
                throw failed;
            }
            throw e;
        }
    }

    /** Unless it is at once, which is a store's way to say nothing and would be a thousand calls a second. */
    private static Duration wishOfTheStore(ExecutionContext<?> attempt) {
        return attempt.getLastException() instanceof BackendException failed
                        && failed.retryAfter() != null
                        && !failed.retryAfter().isZero()
                ? failed.retryAfter()
                : Duration.ofNanos(-1);
    }

    private static Duration longerThanTheFirstDelay(Duration duration) {
        Duration least = FIRST_DELAY.plusNanos(1);
        return duration.compareTo(least) < 0 ? least : duration;
    }

    private Retry() {}
}
