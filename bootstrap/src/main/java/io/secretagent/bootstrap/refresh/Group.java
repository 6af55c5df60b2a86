package io.secretagent.bootstrap.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The places of one backend that are looked at equally often, and so together. All times are those of
 * {@link System#nanoTime}, which no clock can turn.
 */
final class Group {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final double JITTER = 0.1;
    private static final int MOST_DOUBLINGS = 10;

    final List<Place> places = new ArrayList<>();
    private final Duration interval;
    private int failures;
    private long due;

    Group(Duration interval) {
        this.interval = interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
        schedule(this.interval);
    }

    /** When it is to be looked at next. */
    long due() {
        return due;
    }

    /** At once. */
    void scheduleNow() {
        due = System.nanoTime();
    }

    /** As often as the mapping says; as long as nothing can be looked at, less and less often. */
    void scheduleAfter(boolean trouble) {
        failures = trouble ? Math.min(failures + 1, MOST_DOUBLINGS) : 0;
        Duration longest = interval.compareTo(LONGEST_BACKOFF) > 0 ? interval : LONGEST_BACKOFF;
        Duration longer = interval.multipliedBy(1L << failures);
        schedule(longer.compareTo(longest) < 0 ? longer : longest);
    }

    /** Give or take a tenth, so that processes which started together part. */
    private void schedule(Duration duration) {
        double share = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        due = System.nanoTime() + (long) (duration.toNanos() * share);
    }
}
