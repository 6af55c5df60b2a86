package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditEvent;
import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.channel.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has become of a value that was replaced in an emergency, and what is left for people to do. */
final class Aftermath {
    private final Mapping mapping;
    private final List<Entry> entries;
    private final @Nullable String version;
    private final OldValue old;

    /** The value before. */
    sealed interface OldValue {}

    /**
     * It is out of use.
     *
     * @param became such as {@code deleted}; null if the store keeps none
     */
    record Retired(@Nullable String became) implements OldValue {}

    /** It is as it was. */
    record Left(Failure failure) implements OldValue {}

    /**
     * After a rotation.
     *
     * @param entries those of the secret, one for each use
     * @param version which the value before was
     */
    Aftermath(Mapping mapping, List<Entry> entries, @Nullable String version, OldValue old) {
        this.mapping = mapping;
        this.entries = entries;
        this.version = version;
        this.old = old;
    }

    /** For a person. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (old instanceof Retired retired) {
            lines.add(
                    retired.became() == null
                            ? "the store keeps no value before"
                            : "the value before" + (version == null ? "" : ", version " + version + ",") + " is "
                                    + retired.became());
        }
        String provider = provider();
        lines.add("now revoke the old value "
                + (provider == null
                        ? "at its provider, which the mapping does not tell (provider:)"
                        : "at " + provider));
        for (Entry entry : entries) {
            Duration refresh = mapping.refresh(entry);
            String targets = String.join(", ", targets(entry));
            lines.add(
                    refresh == null
                            ? "restart what reads " + targets + ": it has no refresh:"
                            : "running applications have the new one in " + targets + " within " + words(refresh)
                                    + ", or at once with secret-agent refresh PID");
        }
        return lines;
    }

    /** For the audit. */
    static AuditEvent event(String name, String backend, @Nullable String version, OldValue old) {
        return AuditEvent.of(AuditEvent.Kind.REVOKED)
                .secret(name, backend, version)
                .outcome(
                        old instanceof Left left
                                ? Recording.outcome(left.failure())
                                : ((Retired) old).became() == null ? "none-kept" : "retired");
    }

    /** The one thing that failed, or null. */
    @Nullable Failure failure() {
        return old instanceof Left left
                ? new Failure(
                        left.failure().kind(),
                        "the new value is stored, and the one before"
                                + (version == null ? "" : ", version " + version + ",") + " is as it was: "
                                + left.failure().why(),
                        left.failure().mend())
                : null;
    }

    /** For a program. */
    Map<String, Object> json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("oldVersion", RowJson.orNull(old instanceof Retired retired ? retired.became() : null));
        fields.put("provider", RowJson.orNull(provider()));
        List<Object> uses = new ArrayList<>();
        for (Entry entry : entries) {
            Duration refresh = mapping.refresh(entry);
            Map<String, Object> use = new LinkedHashMap<>();
            use.put("targets", targets(entry));
            use.put("refreshSeconds", refresh == null ? RowJson.orNull(null) : RowJson.number(refresh.toSeconds()));
            uses.add(use);
        }
        fields.put("uses", uses);
        return fields;
    }

    private @Nullable String provider() {
        for (Entry entry : entries) {
            if (entry.policy().provider() != null) {
                return entry.policy().provider();
            }
        }
        return null;
    }

    private static List<String> targets(Entry entry) {
        return Targets.of(entry).stream().map(Target::toString).toList();
    }

    private static String words(Duration refresh) {
        return refresh.toSeconds() % 60 == 0 ? refresh.toMinutes() + " min" : refresh.toSeconds() + " s";
    }
}
