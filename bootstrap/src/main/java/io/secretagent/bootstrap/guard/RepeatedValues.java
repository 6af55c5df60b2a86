package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.channel.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One value under two names: who has the one has both, and rotating one leaves the other. It remembers the values of the
 * checks before, by their fingerprints, since a refresh brings only what has changed.
 */
final class RepeatedValues {
    private final Map<String, First> firsts = new HashMap<>();
    private final Fingerprints fingerprints;

    /**
     * The first that has a value.
     *
     * @param shown with its place
     */
    private record First(String backend, String name, String shown) {}

    RepeatedValues(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    void check(Resolution resolution, Findings findings) {
        forget(resolution);
        for (Resolved resolved : resolution.resolved()) {
            for (Secret secret : resolved.secrets()) {
                if (!Harmless.is(secret)) {
                    First here = new First(
                            secret.backend(),
                            secret.name(),
                            secret.name() + " at " + resolved.entry().place());
                    First first = firsts.putIfAbsent(fingerprints.of(secret.value()), here);
                    if (first != null && !sameSecret(first, here)) {
                        findings.add(
                                Guard.REPEATED_VALUE,
                                resolved.entry(),
                                "secret " + secret.name() + " (backend " + secret.backend() + ") has the value of "
                                        + first.shown(),
                                "give each a value of its own, or map one name to a list of targets");
                    }
                }
            }
        }
    }

    /** What they had before they have no more. */
    private void forget(Resolution resolution) {
        Set<String> again = new HashSet<>();
        for (Secret secret : resolution.secrets()) {
            again.add(secret.backend() + " " + secret.name());
        }
        firsts.values().removeIf(first -> again.contains(first.backend() + " " + first.name()));
    }

    /** Another version of it, or the one that {@code rotate} keeps beside it. */
    private static boolean sameSecret(First first, First here) {
        return first.backend().equals(here.backend())
                && withoutOld(first.name()).equals(withoutOld(here.name()));
    }

    private static String withoutOld(String name) {
        return name.endsWith("_OLD") ? name.substring(0, name.length() - "_OLD".length()) : name;
    }
}
