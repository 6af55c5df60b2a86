package io.secretagent.bootstrap.mapping;

import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Who has which target, so that no two secrets are injected into one. */
final class Targets {
    private final Problems problems;
    private final Map<String, Taken> taken = new HashMap<>();

    private record Taken(SecretName by, Place place) {}

    Targets(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reports a second secret for a target.
     *
     * @param kind property or env
     */
    void take(String kind, String target, SecretName by, Node at) {
        Taken first = taken.putIfAbsent(kind + " " + target, new Taken(by, problems.place(at)));
        if (first != null) {
            problems.error(
                    at,
                    kind + " " + Shown.name(target) + " has a secret already: "
                            + Shown.name(first.by().text()) + " at " + first.place(),
                    "keep one, or rename one target");
        }
    }
}
