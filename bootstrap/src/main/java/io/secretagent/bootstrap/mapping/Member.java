package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One {@code key: value} of a YAML map. */
record Member(String key, Node keyNode, Node value) {

    /** All of a map's whose keys are text and not given before; the others are reported. */
    static List<Member> of(Node map, String what, Problems problems) {
        if (!(map instanceof MappingNode mapping)) {
            String found = Scalars.isNothing(map) ? " has no value" : " is not a map of key: value";
            problems.error(map, what + found, "write key: value lines below it");
            return List.of();
        }
        List<Member> members = new ArrayList<>();
        Map<String, Node> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
                problems.error(key, "a key that is not text", "write key: value");
            } else if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                problems.error(key, "merge keys (<<) are not taken", "write the keys out");
            } else if (seen.containsKey(scalar.getValue())) {
                problems.error(
                        key,
                        "key " + Shown.name(scalar.getValue()) + " is given twice, first at "
                                + problems.place(seen.get(scalar.getValue())),
                        "keep one (several targets of one secret are a list)");
            } else {
                seen.put(scalar.getValue(), key);
                members.add(new Member(scalar.getValue(), key, tuple.getValueNode()));
            }
        }
        return members;
    }

    /** The value of a key, for a look ahead that reports nothing. */
    static @Nullable Node find(Node map, String key) {
        if (map instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }
}
