package io.secretagent.bootstrap.backend.vault;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long something that the server lent lasts. The time is that of {@link System#nanoTime}, which no clock can turn.
 *
 * @param length of the whole of it; zero for ever
 * @param renewable whether the server may make it longer
 * @param since when it was obtained or renewed
 * @param due when it is to be renewed: after two thirds, and not for all processes at the same time
 */
record Loan(Duration length, boolean renewable, long since, Duration due) {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final double JITTER = 0.1;

    static Loan of(long seconds, boolean renewable) {
        Duration length = Duration.ofSeconds(Math.max(0, seconds));
        double share = 2.0 / 3 * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return new Loan(length, renewable, System.nanoTime(), Duration.ofNanos((long) (length.toNanos() * share)));
    }

    boolean isForEver() {
        return length.isZero();
    }

    boolean isDue() {
        return !isForEver() && elapsed().compareTo(due) >= 0;
    }

    /** Until it is to be renewed; if that is over, until another attempt. */
    Duration untilDue() {
        return isDue() ? longest(left().dividedBy(5), SHORTEST_WAIT) : due.minus(elapsed());
    }

    boolean hasEnded() {
        return !isForEver() && left().isZero();
    }

    /** Whether a renewal for this long means that the server will not make it longer for many more times. */
    boolean isCapped(Duration renewed) {
        return renewed.compareTo(length.multipliedBy(9).dividedBy(10)) < 0;
    }

    private Duration left() {
        return longest(length.minus(elapsed()), Duration.ZERO);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
