package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.mapping.Entry.OnRevoked;
import io.secretagent.bootstrap.refresh.Watched.Standing;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is made of what one backend answered: changes, a secret that is gone, or trouble with the backend. */
final class Verdicts {
    private final Changes changes;
    private final Outlet outlet;
    private final Trouble trouble;

    Verdicts(String backend, Changes changes, Outlet outlet) {
        this.changes = changes;
        this.outlet = outlet;
        this.trouble = new Trouble(backend, outlet);
    }

    /**
     * Judges a round.
     *
     * @param looked the places that were looked at
     * @param outcomes of those that were read or could not be
     * @return whether the backend is in trouble
     */
    boolean judge(Iterable<Place> looked, Map<Place, Outcome> outcomes) {
        boolean anyTrouble = false;
        Map<Watched, Outcome> found = new LinkedHashMap<>();
        Map<Watched, Failure> refused = new LinkedHashMap<>();
        for (Place place : looked) {
            Outcome outcome = outcomes.get(place);
            if (outcome instanceof Outcome.Failed failed && isTrouble(failed.failure())) {
                anyTrouble = true;
                trouble.met(place, failed.failure());
                continue;
            }
            trouble.notMet(place);
            for (Watched watched : place.watched) {
                if (outcome instanceof Outcome.Failed failed) {
                    refused.put(watched, failed.failure());
                } else if (outcome != null) {
                    found.put(watched, outcome);
                }
            }
        }
        if (!found.isEmpty()) {
            List<Secret> sent = new ArrayList<>();
            Map<Watched, Failure> unusable = changes.take(found, sent);
            outlet.record(sent);
            found.keySet().stream().filter(read -> !unusable.containsKey(read)).forEach(this::readable);
            refused.putAll(unusable);
        }
        refused.forEach(this::refuse);
        return anyTrouble;
    }

    /** Whether it says nothing of the secret. */
    private static boolean isTrouble(Failure failure) {
        return failure.general()
                || switch (failure.kind()) {
                    case UNREACHABLE, THROTTLED, UNAVAILABLE, UNTRUSTED, TIMED_OUT, INTERNAL -> true;
                    case INVALID, DENIED, NOT_FOUND, DISABLED, CONFLICT -> false;
                };
    }

    private void readable(Watched watched) {
        if (watched.standing == Standing.GONE) {
            outlet.tell(watched.shown() + " can be read again");
        } else if (watched.standing == Standing.SPOILED) {
            outlet.tell(watched.shown() + " has a content again that can be used");
        }
        watched.standing = Standing.READABLE;
    }

    private void refuse(Watched watched, Failure failure) {
        Standing before = watched.standing;
        if (before == Standing.ABSENT || before == Standing.GONE) {
            return;
        }
        if (failure.kind() == Failure.Kind.INVALID) {
            watched.standing = Standing.SPOILED;
            if (before != Standing.SPOILED) {
                outlet.tell(watched.entry.place() + ": " + watched.shown() + " has a content that cannot be used: "
                        + failure.why() + "; " + failure.mend() + "; the application keeps the value that it has");
            }
        } else if (before == Standing.DOUBTED) {
            watched.standing = Standing.GONE;
            outlet.revoke(watched, watched.entry.name().text(), targets(watched), failure);
            if (watched.entry.onRevoked() == OnRevoked.CLEAR) {
                changes.clear(watched);
            }
        } else {
            watched.standing = Standing.DOUBTED;
        }
    }

    /** Where the application has its values. */
    private static List<Target> targets(Watched watched) {
        List<Target> targets = new ArrayList<>();
        watched.given.values().forEach(given -> targets.addAll(given.targets()));
        return targets.isEmpty() ? Targets.of(watched.entry) : targets;
    }
}
