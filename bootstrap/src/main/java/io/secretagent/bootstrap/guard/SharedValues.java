package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.channel.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One value where there should be two. Compared by fingerprint, so that no value is kept longer than it must. */
public final class SharedValues {

    /** The secrets of a mapping whose value is one of the other's too: who has the one has both. */
    public static List<Problem> between(
            Mapping mapping, Resolution resolution, Resolution other, Fingerprints fingerprints) {
        Map<String, String> others = new HashMap<>();
        for (Resolved resolved : other.resolved()) {
            for (Secret secret : resolved.secrets()) {
                if (!Harmless.is(secret)) {
                    others.putIfAbsent(
                            fingerprints.of(secret.value()),
                            secret.name() + " at " + resolved.entry().place());
                }
            }
        }
        Findings findings = new Findings(mapping);
        for (Resolved resolved : resolution.resolved()) {
            for (Secret secret : resolved.secrets()) {
                String twin = Harmless.is(secret) ? null : others.get(fingerprints.of(secret.value()));
                if (twin != null) {
                    findings.add(
                            Guard.SHARED_VALUE,
                            resolved.entry(),
                            "secret " + secret.name() + " has the value of " + twin,
                            "give each environment a value of its own");
                }
            }
        }
        return findings.problems();
    }

    private SharedValues() {}
}
