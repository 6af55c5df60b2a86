package io.secretagent.bootstrap.mapping;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What holds for every node wherever it stands: no foreign tag, no anchor within itself, no pasted secret. A node is
 * visited once however many aliases lead to it.
 */
final class NodeCheck {
    private static final String CORE = "tag:yaml.org,2002:";
    private static final List<String> PLAIN = List.of("str", "map", "seq", "int", "float", "bool", "null");

    private final Problems problems;
    private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeCheck(Problems problems) {
        this.problems = problems;
    }

    /** Whether the nodes form a tree, so that whoever walks them comes to an end. */
    boolean check(Node root) {
        return check(root, null);
    }

    private boolean check(Node node, @Nullable String key) {
        if (open.contains(node)) {
            problems.error(node, "an anchor that holds an alias to itself", "write the value out");
            return false;
        }
        if (!done.add(node)) {
            return true;
        }
        String tag = node.getTag().getValue();
        if (!tag.startsWith(CORE) || !PLAIN.contains(tag.substring(CORE.length()))) {
            problems.error(
                    node, "a tag (!...) that a mapping does not take", "remove it; quote text that starts with !");
        }
        if (node instanceof ScalarNode scalar) {
            checkPasted(scalar, key);
            return true;
        }
        open.add(node);
        boolean tree = checkChildren(node);
        open.remove(node);
        return tree;
    }

    private boolean checkChildren(Node node) {
        boolean tree = true;
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                tree &= check(item, null);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                tree &= check(tuple.getKeyNode(), null);
                tree &= check(
                        tuple.getValueNode(), tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : null);
            }
        }
        return tree;
    }

    private void checkPasted(ScalarNode scalar, @Nullable String key) {
        String shape = PastedSecrets.shape(scalar.getValue());
        if (shape != null) {
            problems.guard(
                    Guard.PASTED_SECRET,
                    scalar,
                    "this looks like a secret itself (" + shape + ")",
                    "revoke it, keep the new one in a backend, and write its name here");
        } else if (!"version".equals(key) && Randomness.looksRandom(scalar.getValue())) {
            problems.guard(
                    Guard.RANDOM_TEXT,
                    scalar,
                    "this looks random, as a secret does",
                    "if it is one, keep it in a backend and write its name here");
        }
    }
}
