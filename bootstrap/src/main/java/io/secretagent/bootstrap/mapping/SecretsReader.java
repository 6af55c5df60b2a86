package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.BackendsReader.Defined;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code secrets:}, grouped by backend. */
final class SecretsReader {
    private final Map<String, Defined> backends;
    private final SecretNames names;
    private final EntryReader entryReader;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();

    SecretsReader(Map<String, Defined> backends, Expansion expansion, Problems problems) {
        this.backends = backends;
        this.names = new SecretNames(expansion, problems);
        this.entryReader = new EntryReader(expansion, problems);
        this.problems = problems;
    }

    List<Entry> read(Node secrets) {
        Set<String> used = new HashSet<>();
        boolean allDefined = true;
        for (Member group : Member.of(secrets, "secrets", problems)) {
            Defined backend = backends.get(group.key());
            used.add(group.key());
            if (backend == null) {
                allDefined = false;
                problems.error(
                        group.keyNode(),
                        "no backend is named " + Shown.name(group.key()),
                        backends.isEmpty()
                                ? "define it in backends"
                                : Suggestions.mend(group.key(), backends.keySet()));
            }
            readGroup(group, backend);
        }
        // A misspelt group leaves its backend unused: one mistake, one line.
        if (allDefined) {
            warnOfUnused(used);
        }
        return entries;
    }

    private void warnOfUnused(Set<String> used) {
        backends.forEach((name, backend) -> {
            if (!used.contains(name)) {
                problems.warning(
                        backend.at(),
                        "backend " + Shown.name(name) + " has no secrets",
                        "remove it, or map secrets of it");
            }
        });
    }

    private void readGroup(Member group, @Nullable Defined backend) {
        for (Member member : Member.of(group.value(), "secrets of " + Shown.name(group.key()), problems)) {
            SecretName name =
                    names.read(member.key(), member.keyNode(), group.key(), backend == null ? null : backend.type());
            if (!(member.value() instanceof SequenceNode list)) {
                add(member, name, member.value(), backend);
                continue;
            }
            if (list.getValue().isEmpty()) {
                problems.error(list, "a secret with an empty list of targets", "name at least one");
            }
            for (Node target : list.getValue()) {
                add(member, name, target, backend);
            }
        }
    }

    private void add(Member member, @Nullable SecretName name, Node value, @Nullable Defined backend) {
        Entry entry = entryReader.read(member.keyNode(), name, value, backend);
        if (entry != null) {
            entries.add(entry);
        }
    }
}
