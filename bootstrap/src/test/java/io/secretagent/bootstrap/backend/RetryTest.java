package io.secretagent.bootstrap.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    /** However little is left: it is tried, and what it says is what is told. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 249, 250})
    void triesOnceWhenNoTimeIsLeftForAnother(long millis) {
        AtomicInteger calls = new AtomicInteger();
        BackendException passing = away();
        assertThatThrownBy(() -> Retry.within(Deadline.after(Duration.ofMillis(millis)), () -> {
                    calls.incrementAndGet();
                    throw passing;
                }))
                .isSameAs(passing);
        assertThat(calls).hasValue(1);
    }

    @Test
    void triesAgainUntilItSucceeds() throws BackendException {
        AtomicInteger calls = new AtomicInteger();
        String answer = Retry.within(Deadline.after(Duration.ofSeconds(30)), () -> {
            if (calls.incrementAndGet() < 3) {
                throw away();
            }
            return "here";
        });
        assertThat(answer).isEqualTo("here");
        assertThat(calls).hasValue(3);
    }

    @Test
    void goesOnForAsLongAsItIsAskedToSlowDown() throws BackendException {
        AtomicInteger calls = new AtomicInteger();
        BackendException throttled = new BackendException(
                new Failure(Failure.Kind.THROTTLED, "slow down", "wait"), null, Duration.ofMillis(10));
        String answer = Retry.within(Deadline.after(Duration.ofSeconds(30)), () -> {
            if (calls.incrementAndGet() < 20) {
                throw throttled;
            }
            return "here";
        });
        assertThat(answer).isEqualTo("here");
        assertThat(calls).hasValue(20);
    }

    /** {@code Retry-After: 0}. */
    @Test
    void doesNotTryAgainAtOnceIfItIsAskedTo() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> Retry.within(Deadline.after(Duration.ofSeconds(2)), () -> {
                    calls.incrementAndGet();
                    throw new BackendException(
                            new Failure(Failure.Kind.THROTTLED, "slow down", "wait"), null, Duration.ZERO);
                }))
                .isInstanceOf(BackendException.class);
        assertThat(calls).hasValueBetween(2, 15);
    }

    /** And not within the wait for another attempt. */
    @Test
    void tellsBeforeTheDeadlineThatItWasAskedToSlowDown() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3));
        assertThatThrownBy(() -> Retry.within(deadline, () -> {
                    throw new BackendException(
                            new Failure(Failure.Kind.THROTTLED, "slow down", "wait"), null, Duration.ofSeconds(60));
                }))
                .isInstanceOfSatisfying(
                        BackendException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.THROTTLED));
        assertThat(deadline.hasPassed()).isFalse();
    }

    @Test
    void givesUpWhatStaysAway() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> Retry.within(Deadline.after(Duration.ofSeconds(60)), () -> {
                    calls.incrementAndGet();
                    throw new BackendException(away().failure(), null, Duration.ofMillis(10));
                }))
                .isInstanceOf(BackendException.class);
        assertThat(calls).hasValue(6);
    }

    private static BackendException away() {
        return new BackendException(new Failure(Failure.Kind.UNREACHABLE, "it is away", "wait"), null);
    }
}
