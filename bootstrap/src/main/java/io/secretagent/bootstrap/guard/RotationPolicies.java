package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.SecretName;
import java.util.HashSet;
import java.util.Set;

/** Urgent secrets that nobody is reminded to rotate. */
final class RotationPolicies {

    static void check(Mapping mapping, Findings findings) {
        Set<SecretName> kept = new HashSet<>();
        for (Entry entry : mapping.entries()) {
            if (entry.policy().rotate() != null) {
                kept.add(entry.name());
            }
        }
        for (Entry entry : mapping.entries()) {
            String priority = entry.policy().priority();
            if (("P0".equals(priority) || "P1".equals(priority)) && !kept.contains(entry.name())) {
                findings.add(
                        Guard.NO_ROTATION,
                        entry,
                        "secret " + entry.name() + " (backend " + entry.name().backend() + ") is " + priority
                                + " and has no rotation policy",
                        "add rotate: 90d");
            }
        }
    }

    private RotationPolicies() {}
}
