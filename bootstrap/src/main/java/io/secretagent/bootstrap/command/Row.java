package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.guard.Fingerprints;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code verify} tells of one secret: everything but its value.
 *
 * @param required whether an application would not start without it
 * @param changed when this version was made, or null where the store does not say
 * @param length in characters, or null without a value
 * @param took how long its backend took for all that is wanted from it, or null if it was not asked
 * @param fingerprint null unless asked for
 */
record Row(
        Status status,
        String name,
        String backend,
        List<String> targets,
        boolean required,
        @Nullable String version,
        @Nullable Instant changed,
        @Nullable Integer length,
        @Nullable Duration took,
        @Nullable String fingerprint,
        @Nullable Failure failure) {

    /** What came of it. */
    enum Status {
        OK,
        /** Not found, and the mapping's default takes its place. */
        DEFAULT,
        FAILED,
        /** In the mapping, and not asked for. */
        MAPPED
    }

    /** The rows of a mapping that was not fetched. */
    static List<Row> offline(Mapping mapping) {
        List<Row> rows = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            rows.add(without(Status.MAPPED, entry, null, null));
        }
        return rows;
    }

    /**
     * The rows of what was fetched: one for each secret, one for an entry that failed.
     *
     * @param took by backend
     * @param fingerprints null if none are wanted
     */
    static List<Row> fetched(List<Resolved> resolved, Map<String, Duration> took, @Nullable Fingerprints fingerprints) {
        List<Row> rows = new ArrayList<>();
        for (Resolved result : resolved) {
            Entry entry = result.entry();
            Duration duration = took.get(entry.name().backend());
            Failure failure = result.failure();
            if (failure != null && !isDefault(entry, failure)) {
                rows.add(without(Status.FAILED, entry, duration, failure));
                continue;
            }
            for (Secret secret : result.secrets()) {
                rows.add(new Row(
                        failure == null ? Status.OK : Status.DEFAULT,
                        secret.name(),
                        secret.backend(),
                        texts(secret.targets()),
                        entry.required(),
                        secret.version(),
                        result.changed(),
                        secret.value().codePointCount(0, secret.value().length()),
                        duration,
                        fingerprints == null ? null : fingerprints.of(secret.value()),
                        failure));
            }
        }
        return rows;
    }

    private static Row without(Status status, Entry entry, @Nullable Duration took, @Nullable Failure failure) {
        return new Row(
                status,
                entry.name().text(),
                entry.name().backend(),
                texts(Targets.of(entry)),
                entry.required(),
                null,
                null,
                null,
                took,
                null,
                failure);
    }

    private static boolean isDefault(Entry entry, Failure failure) {
        return failure.kind() == Failure.Kind.NOT_FOUND && entry.defaultValue() != null;
    }

    private static List<String> texts(List<Target> targets) {
        return targets.stream().map(Target::toString).toList();
    }
}
