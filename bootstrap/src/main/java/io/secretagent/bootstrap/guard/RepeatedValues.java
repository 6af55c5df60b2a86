package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.channel.Secret;
import java.util.HashMap;
import java.util.Map;

/** One value under two names: who has the one has both, and rotating one leaves the other. */
final class RepeatedValues {

    /**
     * The first that has a value.
     *
     * @param shown with its place
     */
    private record First(String backend, String name, String shown) {}

    static void check(Resolution resolution, Fingerprints fingerprints, Findings findings) {
        Map<String, First> firsts = new HashMap<>();
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

    /** Another version of it, or the one that {@code rotate} keeps beside it. */
    private static boolean sameSecret(First first, First here) {
        return first.backend().equals(here.backend())
                && withoutOld(first.name()).equals(withoutOld(here.name()));
    }

    private static String withoutOld(String name) {
        return name.endsWith("_OLD") ? name.substring(0, name.length() - "_OLD".length()) : name;
    }

    private RepeatedValues() {}
}
