package io.secretagent.bootstrap.backend;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The text of a YAML file, taken no further than its nodes: nothing makes an object of a class that a tag names, and a
 * scalar is the text that was written ({@code 1.10}, {@code off}), since a password is no number. Only a plain
 * {@code null}, {@code ~} or nothing is null.
 */
final class YamlFields {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ALIASES = 50;
    /** As many as a Kubernetes secret has; SnakeYAML needs quadratic time for a long line. */
    private static final int MAX_CHARACTERS = 1 << 20;

    /** What is left of the characters that the text may have once its aliases are written out. */
    private int budget = 2 * MAX_CHARACTERS;

    /** The fields of its one mapping, or null if the text is something else or larger than a secret is. */
    static @Nullable Map<String, Object> parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return root instanceof MappingNode mapping ? new YamlFields().mapping(mapping, 1) : null;
        } catch (YAMLException e) {
            // Its message shows the lines around the fault, so it is dropped.
            return null;
        }
    }

    private Map<String, Object> mapping(MappingNode node, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new YAMLException("a key that is no text");
            }
            spend(key.getValue().length());
            if (fields.put(key.getValue(), value(tuple.getValueNode(), depth)) != null) {
                throw new YAMLException("a key twice");
            }
        }
        return fields;
    }

    private Object value(Node node, int depth) {
        // A node that holds itself through an alias would have no end.
        if (depth > MAX_DEPTH) {
            throw new YAMLException("too deep");
        }
        spend(1);
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, depth + 1);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(value(element, depth + 1));
            }
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        spend(scalar.getValue().length());
        return scalar.isPlain() && scalar.getTag().equals(Tag.NULL) ? Json.NULL : scalar.getValue();
    }

    private void spend(int characters) {
        budget -= characters;
        if (budget < 0) {
            throw new YAMLException("too large once its aliases are written out");
        }
    }

    private YamlFields() {}
}
