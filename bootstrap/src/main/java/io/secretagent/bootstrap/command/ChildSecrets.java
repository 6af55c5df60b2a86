package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.fetch.Credentials;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.guard.Guards;
import io.secretagent.bootstrap.guard.ValueGuards;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Fetches what a child is given; each value is known to the masker first. */
final class ChildSecrets {
    private static final int INVALID = 78;

    private final Map<String, String> environment;
    private final Masker masker;
    private final ChildEnvironment childs;
    private final Recording recording;
    private final Set<String> kept = new HashSet<>();

    ChildSecrets(Map<String, String> environment, Masker masker, ChildEnvironment childs, Recording recording) {
        this.environment = environment;
        this.masker = masker;
        this.childs = childs;
        this.recording = recording;
    }

    /**
     * Fetches for these entries, and tells what fails.
     *
     * @return the exit code of what failed, or 0
     */
    int fetch(Mapping mapping, List<Entry> entries) {
        Supplier<ValueGuards> valueGuards = ValueGuards.ahead();
        masker.configure(
                mapping.options().mask().replacement(), mapping.options().mask().minLength());
        for (ChannelRecord.Masked credential : Credentials.in(environment)) {
            mask(credential.name(), credential.value());
        }
        keepWinners(Targets.of(mapping));
        Resolution resolution;
        try (Fetch fetch = new Fetch(environment)) {
            resolution = Resolution.of(
                    mapping,
                    fetch.run(
                            mapping,
                            wanted(mapping, entries),
                            Deadline.after(mapping.options().timeout())));
            recording.fetched(resolution, fetch);
        }
        for (ChannelRecord.Masked masked : resolution.masked()) {
            mask(masked.name(), masked.value());
        }
        for (ChannelRecord.Problem problem : resolution.problems()) {
            Terminal.tell(problem.line());
        }
        List<Problem> guarded = valueGuards.get().check(mapping, resolution);
        Terminal.tell(guarded);
        if (Guards.anyError(guarded)) {
            return INVALID;
        }
        try {
            for (Secret secret : resolution.secrets()) {
                if (secret.masked()) {
                    mask(secret.name(), secret.value());
                }
                // Those of a star are not known before.
                keepWinners(secret.targets());
                childs.add(secret);
            }
        } catch (ChildEnvironment.RefusedException e) {
            return Terminal.tell(INVALID, e.line());
        }
        int failed = ChannelRecord.Problem.gravest(resolution.problems());
        if (failed == 0) {
            record(resolution.secrets());
        }
        return failed;
    }

    /** Those whose variable is not given; of a secret that goes into a property too only the variable counts here. */
    private List<Entry> wanted(Mapping mapping, List<Entry> entries) {
        Set<String> properties = new HashSet<>();
        for (Target target : Targets.of(mapping)) {
            if (target.kind() == Target.Kind.PROPERTY) {
                properties.add(target.name());
            }
        }
        return Targets.wanted(mapping, properties, environment).stream()
                .filter(entries::contains)
                .toList();
    }

    private void record(List<Secret> secrets) {
        for (Secret secret : secrets) {
            for (Target target : secret.targets()) {
                if (target.kind() == Target.Kind.ENVIRONMENT && !childs.wins(target)) {
                    recording.injected(secret, target);
                }
            }
        }
    }

    private void keepWinners(List<Target> targets) {
        for (Target target : targets) {
            if (childs.wins(target) && kept.add(target.name())) {
                mask(target.name(), environment.getOrDefault(target.name(), ""));
                Terminal.tell("env " + target.name()
                        + " keeps the value that it was given; override: true at its secret replaces it");
            }
        }
    }

    private void mask(String name, String value) {
        String refusal = masker.add(name, value);
        if (refusal != null) {
            Terminal.tell(refusal);
        }
    }
}
