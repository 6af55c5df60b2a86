package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.PickUps.PickUp;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.SecretName;
import io.secretagent.bootstrap.mapping.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How old a secret is beside its policy.
 *
 * @param mapped whether the mapping names it
 * @param rotate its policy, or null
 * @param changed when its current version was made, or null where the store does not say
 * @param due when the next version is due, or null without a policy or without the date
 * @param pickedUp when a running process last picked it up, or null if that is not known
 * @param lacks the permission for want of which the value had to be read, or null
 */
record AgeRow(
        Status status,
        Entry entry,
        boolean mapped,
        @Nullable Duration rotate,
        @Nullable String version,
        @Nullable Instant changed,
        @Nullable Instant due,
        @Nullable PickUp pickedUp,
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

    /**
     * What ages are measured by.
     *
     * @param policy of secrets that have none, or null
     * @param warn how long before it is due a secret is marked
     */
    record Ages(@Nullable Duration policy, Duration warn, Instant now) {}

    /** The row of an entry. */
    static AgeRow of(Entry entry, Described described, Ages ages) {
        Duration own = entry.policy().rotate();
        return of(entry, true, own == null ? ages.policy() : own, described, ages);
    }

    /** The row of a secret that the mapping does not name. */
    static AgeRow unmapped(BackendSettings backend, String path, Described.Known known, Ages ages) {
        SecretName name = new SecretName(backend.name(), path, new SecretName.Selection.Whole(), Shown.name(path));
        Entry entry = new Entry(
                backend.place(),
                name,
                new Entry.Reading(null, null, false, false, false),
                new Entry.Injection(null, null, null, false, false),
                false,
                null,
                null,
                null,
                null,
                new Entry.Policy(null, null, null, null));
        return of(entry, false, ages.policy(), known, ages);
    }

    private static AgeRow of(Entry entry, boolean mapped, @Nullable Duration rotate, Described described, Ages ages) {
        if (described instanceof Described.Failed failed) {
            return new AgeRow(Status.FAILED, entry, mapped, rotate, null, null, null, null, null, failed.failure());
        }
        Described.Known known = (Described.Known) described;
        Instant due = rotate == null || known.changed() == null
                ? null
                : known.changed().plus(rotate);
        Status status = rotate == null ? Status.NO_POLICY : status(due, ages);
        return new AgeRow(
                status, entry, mapped, rotate, known.version(), known.changed(), due, null, known.lacks(), null);
    }

    /** With what an audit says of it. */
    AgeRow pickedUp(@Nullable PickUp last) {
        return new AgeRow(status, entry, mapped, rotate, version, changed, due, last, lacks, failure);
    }

    private static Status status(@Nullable Instant due, Ages ages) {
        if (due == null) {
            return Status.UNKNOWN;
        }
        if (due.isBefore(ages.now())) {
            return Status.OVERDUE;
        }
        return due.isBefore(ages.now().plus(ages.warn())) ? Status.SOON : Status.OK;
    }

    /** Whole days since the last change, or null; a store's clock may be ahead of this one. */
    @Nullable Long days(Instant now) {
        return changed == null
                ? null
                : Math.max(0, Duration.between(changed, now).toDays());
    }
}
