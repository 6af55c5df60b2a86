package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.mapping.Problem.Severity;
import io.secretagent.channel.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One value where there should be two. Compared by fingerprint, so that no value is kept longer than it must. */
final class SharedValues {
    private static final String CODE = "SA106";

    /** The secrets of one mapping whose value is one of the other's too: who has the one has both. */
    static List<Problem> between(Checked mapping, Checked other, Fingerprints fingerprints) {
        Map<String, String> others = new HashMap<>();
        for (Resolved resolved : other.resolution().resolved()) {
            for (Secret secret : resolved.secrets()) {
                if (secret.masked()) {
                    others.putIfAbsent(
                            fingerprints.of(secret.value()),
                            secret.name() + " at " + resolved.entry().place());
                }
            }
        }
        List<Problem> problems = new ArrayList<>();
        for (Resolved resolved : mapping.resolution().resolved()) {
            for (Secret secret : resolved.secrets()) {
                String twin = secret.masked() ? others.get(fingerprints.of(secret.value())) : null;
                if (twin != null) {
                    problems.add(new Problem(
                            Severity.WARNING,
                            resolved.entry().place(),
                            CODE,
                            "secret " + secret.name() + " has the value of " + twin,
                            "give each environment a value of its own"));
                }
            }
        }
        return problems;
    }

    private SharedValues() {}
}
