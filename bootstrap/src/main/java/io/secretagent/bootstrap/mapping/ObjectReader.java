package io.secretagent.bootstrap.mapping;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Typed access to a YAML map with known keys; whatever does not fit is reported and reads as absent. */
final class ObjectReader {
    private final Node node;
    private final @Nullable Expansion expansion;
    private final Problems problems;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /**
     * Reports the keys that are not known.
     *
     * @param what the map in a problem's words
     * @param known its keys
     * @param expansion for values that may hold {@code ${NAME}}, or null if none may
     */
    ObjectReader(Node node, String what, Collection<String> known, @Nullable Expansion expansion, Problems problems) {
        this.node = node;
        this.expansion = expansion;
        this.problems = problems;
        for (Member member : Member.of(node, what, problems)) {
            if (known.contains(member.key())) {
                members.put(member.key(), member);
            } else {
                problems.error(
                        member.keyNode(),
                        "unknown key " + Shown.name(member.key()) + " in " + what,
                        Suggestions.mend(member.key(), known));
            }
        }
    }

    Node node() {
        return node;
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    @Nullable Node value(String key) {
        Member member = members.get(key);
        return member == null ? null : member.value();
    }

    /** Where the key stands; the map if it does not. */
    Node keyNode(String key) {
        Member member = members.get(key);
        return member == null ? node : member.keyNode();
    }

    /** As the file has it. */
    @Nullable String rawText(String key) {
        Node value = value(key);
        return value == null ? null : Scalars.text(value, key, problems);
    }

    /** Expanded. */
    @Nullable String text(String key) {
        String raw = rawText(key);
        Node value = value(key);
        if (raw == null || value == null || expansion == null) {
            return raw;
        }
        return expansion.expand(raw, value, key);
    }

    /** The same, and reported if the key is absent. */
    @Nullable String requiredText(String key, String mend) {
        if (!has(key)) {
            problems.error(node, key + " is missing", mend);
        }
        return text(key);
    }

    boolean flag(String key, boolean otherwise) {
        Boolean flag = flag(key);
        return flag == null ? otherwise : flag;
    }

    @Nullable Boolean flag(String key) {
        String word = choice(key, List.of("true", "false"));
        return word == null ? null : word.equals("true");
    }

    /** One of the words. */
    @Nullable String choice(String key, List<String> words) {
        String word = text(key);
        if (word == null || words.contains(word)) {
            return word;
        }
        String nearest = Suggestions.nearest(word, words);
        wrong(
                key,
                "is not " + String.join(" or ", words),
                nearest == null ? "write " + String.join(" or ", words) : "did you mean " + nearest + "?");
        return null;
    }

    @Nullable Duration duration(String key) {
        String text = text(key);
        Duration duration = text == null ? null : Scalars.duration(text);
        if (text != null && duration == null) {
            wrong(key, "is not a duration", "write a number and ms, s, m, h or d, such as 30s");
        }
        return duration;
    }

    @Nullable Path path(String key, Path folder) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            wrong(key, "is not a path", "write a path, relative to the mapping's folder");
            return null;
        }
    }

    /** A problem at the key's value. */
    void wrong(String key, String what, String mend) {
        Node value = value(key);
        problems.error(value == null ? node : value, key + " " + what, mend);
    }
}
