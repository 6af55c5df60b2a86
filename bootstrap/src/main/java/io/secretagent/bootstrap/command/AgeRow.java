package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How old a secret is beside its policy.
 *
 * @param changed when its current version was made, or null where the store does not say
 * @param due when the next version is due, or null without a policy or without the date
 * @param lacks the permission for want of which the value had to be read, or null
 */
record AgeRow(
        Status status,
        Entry entry,
        @Nullable String version,
        @Nullable Instant changed,
        @Nullable Instant due,
        @Nullable String lacks,
        @Nullable Failure failure) {
    /** By priority, those without one last; then what is due first. */
    static final Comparator<AgeRow> MOST_URGENT_FIRST = Comparator.comparing(
                    (AgeRow row) -> row.entry().policy().priority(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(AgeRow::due, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(row -> row.entry().name().text());

    /** Where it stands. */
    enum Status {
        OK,
        /** Due within the time that {@code --warn} gives. */
        SOON,
        OVERDUE,
        /** It has a policy, and the store does not tell its age. */
        UNKNOWN,
        /** Nothing is asked of it. */
        NO_POLICY,
        FAILED
    }

    static AgeRow of(Entry entry, Described described, Duration warn, Instant now) {
        if (described instanceof Described.Failed failed) {
            return new AgeRow(Status.FAILED, entry, null, null, null, null, failed.failure());
        }
        Described.Known known = (Described.Known) described;
        Duration policy = entry.policy().rotate();
        Instant due = policy == null || known.changed() == null
                ? null
                : known.changed().plus(policy);
        Status status = policy == null ? Status.NO_POLICY : status(due, warn, now);
        return new AgeRow(status, entry, known.version(), known.changed(), due, known.lacks(), null);
    }

    private static Status status(@Nullable Instant due, Duration warn, Instant now) {
        if (due == null) {
            return Status.UNKNOWN;
        }
        if (due.isBefore(now)) {
            return Status.OVERDUE;
        }
        return due.isBefore(now.plus(warn)) ? Status.SOON : Status.OK;
    }

    /** Whole days since the last change, or null; a store's clock may be ahead of this one. */
    @Nullable Long days(Instant now) {
        return changed == null
                ? null
                : Math.max(0, Duration.between(changed, now).toDays());
    }
}
