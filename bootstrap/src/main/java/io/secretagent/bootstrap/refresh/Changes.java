package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.guard.Fingerprints;
import io.secretagent.bootstrap.guard.ValueGuards;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.refresh.Watched.Given;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what was read to what is sent: only values that differ from those that the application has. It keeps their
 * fingerprints, and no value. The threads of all backends use it.
 */
final class Changes {
    private final Mapping mapping;
    private final ValueGuards guards;
    private final Outlet outlet;
    private final Fingerprints fingerprints = new Fingerprints();
    private final Set<String> masked = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    /** Whose target each is: no key that {@code #*} brings may take another's. */
    private final Map<Target, Watched> owners = new LinkedHashMap<>();

    Changes(Mapping mapping, ValueGuards guards, Outlet outlet) {
        this.mapping = mapping;
        this.guards = guards;
        this.outlet = outlet;
    }

    /** Takes what the application was given at the start, and what was told then. */
    synchronized void startWith(Resolution resolution, Map<Entry, Watched> watched, List<Problem> guarded) {
        for (Resolved resolved : resolution.resolved()) {
            Watched entry = watched.get(resolved.entry());
            if (entry != null) {
                resolved.secrets().forEach(secret -> give(entry, secret));
            }
        }
        resolution.masked().forEach(this::isUnknown);
        guarded.forEach(problem -> told.add(problem.line()));
    }

    /**
     * Sends what is new in what was read.
     *
     * @param sent takes what that is
     * @return why entries have no value in it, for those that have not
     */
    synchronized Map<Watched, Failure> take(Map<Watched, Outcome> read, List<Secret> sent) {
        Map<Entry, Outcome> outcomes = new LinkedHashMap<>();
        Map<Entry, Watched> watched = new LinkedHashMap<>();
        read.forEach((entry, outcome) -> {
            outcomes.put(entry.entry, outcome);
            watched.put(entry.entry, entry);
        });
        Resolution resolution = Resolution.of(mapping, outcomes);
        Map<Watched, Failure> failures = new LinkedHashMap<>();
        List<Secret> changed = new ArrayList<>();
        List<Runnable> gone = new ArrayList<>();
        for (Resolved resolved : resolution.resolved()) {
            Watched entry = Objects.requireNonNull(watched.get(resolved.entry()));
            Failure failure = resolved.failure() != null ? resolved.failure() : conflict(entry, resolved);
            if (failure != null) {
                failures.put(entry, failure);
            } else {
                changed.addAll(compare(entry, resolved.secrets(), gone));
            }
        }
        List<ChannelRecord.Masked> unknown =
                resolution.masked().stream().filter(this::isUnknown).toList();
        if (!changed.isEmpty() || !unknown.isEmpty()) {
            outlet.change(unknown, changed);
            sent.addAll(changed);
        }
        gone.forEach(Runnable::run);
        tellGuards(guards.check(mapping, resolution));
        return failures;
    }

    /** The application has it no more: when it comes back it is a change. */
    synchronized void clear(Watched entry) {
        entry.given.clear();
    }

    private List<Secret> compare(Watched entry, List<Secret> secrets, List<Runnable> gone) {
        List<Secret> changed = new ArrayList<>();
        Map<String, Given> before = new LinkedHashMap<>(entry.given);
        for (Secret secret : secrets) {
            Given known = before.remove(secret.name());
            Given now = give(entry, secret);
            if (known == null || !known.fingerprint().equals(now.fingerprint())) {
                changed.add(secret);
            }
        }
        // Keys that #* had and has no more. The document is whole and without them, so there is nothing to doubt.
        before.forEach((name, given) -> {
            entry.given.remove(name);
            given.targets().forEach(owners::remove);
            gone.add(() -> outlet.revoke(entry, name, given.targets(), Outlet.NO_SUCH_KEY));
        });
        return changed;
    }

    private Given give(Watched entry, Secret secret) {
        Given given = new Given(fingerprints.of(secret.value()), secret.targets());
        entry.given.put(secret.name(), given);
        secret.targets().forEach(target -> owners.put(target, entry));
        return given;
    }

    private @Nullable Failure conflict(Watched entry, Resolved resolved) {
        for (Secret secret : resolved.secrets()) {
            for (Target target : secret.targets()) {
                Watched owner = owners.get(target);
                if (owner != null && owner != entry) {
                    return new Failure(
                            Failure.Kind.INVALID,
                            target + " is also the target of a key of " + owner.entry.name(),
                            "give one of the two another prefix");
                }
            }
        }
        return null;
    }

    private boolean isUnknown(ChannelRecord.Masked leaf) {
        return masked.add(fingerprints.of(leaf.value()));
    }

    /** What would be an error at the start is one line here: the application runs. */
    private void tellGuards(List<Problem> problems) {
        for (Problem problem : problems) {
            if (told.add(problem.line())) {
                outlet.tell(problem.line());
            }
        }
    }
}
