package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Fields;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the outcomes of a fetch to secrets with their targets, values to mask, and a line for each failure. */
public final class Resolution {
    private final Mapping mapping;
    private final Stars stars;
    private final List<Secret> secrets = new ArrayList<>();
    private final Map<String, ChannelRecord.Masked> masked = new LinkedHashMap<>();
    /** A set: a secret with several targets fails for all of them in the same words. */
    private final Set<ChannelRecord.Problem> problems = new LinkedHashSet<>();

    private final List<Resolved> resolved = new ArrayList<>();

    /**
     * What came of one entry.
     *
     * @param secrets several for {@code #*}; with a failure, what there is in spite of it, such as the default
     * @param changed when what the store holds was made, or null where it does not say
     */
    public record Resolved(
            Entry entry,
            List<Secret> secrets,
            @Nullable Instant changed,
            @Nullable Failure failure) {
        public Resolved {
            secrets = List.copyOf(secrets);
        }
    }

    /** Resolves each entry of a fetch. */
    public static Resolution of(Mapping mapping, Map<Entry, Outcome> outcomes) {
        Resolution resolution = new Resolution(mapping);
        for (Map.Entry<Entry, Outcome> outcome : outcomes.entrySet()) {
            resolution.resolve(outcome.getKey(), outcome.getValue());
        }
        return resolution;
    }

    private Resolution(Mapping mapping) {
        this.mapping = mapping;
        this.stars = new Stars(mapping.entries());
    }

    /** What is injected. */
    public List<Secret> secrets() {
        return secrets;
    }

    /** What is masked besides: the other fields of JSON secrets. */
    public List<ChannelRecord.Masked> masked() {
        return List.copyOf(masked.values());
    }

    /** What failed, and what was tolerated. */
    public List<ChannelRecord.Problem> problems() {
        return List.copyOf(problems);
    }

    /** The same by entry, for people. */
    public List<Resolved> resolved() {
        return List.copyOf(resolved);
    }

    private void resolve(Entry entry, Outcome outcome) {
        int before = secrets.size();
        Failure failure = null;
        try {
            if (outcome instanceof Outcome.Failed failed) {
                throw new BackendException(failed.failure(), null);
            }
            found(entry, (Outcome.Found) outcome);
        } catch (BackendException e) {
            failure = e.failure();
            failed(entry, failure);
        }
        Instant changed = outcome instanceof Outcome.Found found ? found.changed() : null;
        resolved.add(new Resolved(entry, secrets.subList(before, secrets.size()), changed, failure));
    }

    private void found(Entry entry, Outcome.Found found) throws BackendException {
        Content content = found.content();
        Selection selection = entry.name().selection();
        if (entry.injection().template() != null) {
            Map<String, Object> fields = Values.fields(content);
            maskLeaves(entry, fields);
            add(entry, found, Composition.fill(entry.injection().template(), fields, entry), Masks.composed(entry));
        } else if (selection instanceof Selection.Field field) {
            addNamed(entry, found, Values.field(Values.fields(content), field.key(), entry));
        } else if (selection instanceof Selection.Pointer pointer) {
            addNamed(entry, found, Values.pointer(Values.fields(content), pointer.pointer(), entry));
        } else if (selection instanceof Selection.AllFields) {
            Map<String, Object> fields = Values.fields(content);
            for (Stars.Ray ray : stars.expand(entry, fields)) {
                String value = Values.field(fields, ray.key(), entry);
                secrets.add(secret(
                        entry, found.version(), ray.name(), value, Masks.field(entry, ray.key()), ray.targets()));
            }
        } else {
            boolean trim = entry.reading().trim()
                    && mapping.backends().get(entry.name().backend()) instanceof BackendSettings.Directory;
            addNamed(entry, found, Values.whole(content, entry, trim));
            Map<String, Object> fields = Fields.of(content);
            if (fields != null) {
                maskLeaves(entry, fields);
            }
        }
    }

    private void failed(Entry entry, Failure failure) {
        String line = entry.place() + ": secret " + entry.name() + " (backend "
                + entry.name().backend() + "): " + failure.why() + "; " + failure.mend();
        String defaultValue = entry.defaultValue();
        if (failure.kind() == Failure.Kind.NOT_FOUND && defaultValue != null) {
            secrets.add(secret(entry, null, entry.name().text(), defaultValue, false, Targets.of(entry)));
        } else if (entry.required()) {
            problems.add(new ChannelRecord.Problem(failure.kind().exitCode(), line));
        } else {
            problems.add(new ChannelRecord.Problem(0, line + " (not required: going on without it)"));
        }
    }

    private void maskLeaves(Entry entry, Map<String, Object> fields) {
        if (Masks.leaves(entry)) {
            Masks.collectLeaves(entry.name().text(), fields, masked);
        }
    }

    private void addNamed(Entry entry, Outcome.Found found, String value) {
        add(entry, found, value, Masks.named(entry, value));
    }

    private void add(Entry entry, Outcome.Found found, String value, boolean mask) {
        secrets.add(secret(entry, found.version(), entry.name().text(), value, mask, Targets.of(entry)));
    }

    private static Secret secret(
            Entry entry, @Nullable String version, String name, String value, boolean mask, List<Target> targets) {
        return new Secret(name, entry.name().backend(), version, value, mask, targets);
    }
}
