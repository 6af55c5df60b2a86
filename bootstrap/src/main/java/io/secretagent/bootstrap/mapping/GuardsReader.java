package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code guards:}. */
final class GuardsReader {
    private static final String ALL = "all";
    private static final List<String> LEVELS = List.of("off", "warning", "error");

    static GuardLevels read(@Nullable Node node, boolean inEntry, Problems problems) {
        if (node == null) {
            return GuardLevels.UNSET;
        }
        List<String> known = new ArrayList<>(List.of(ALL));
        known.addAll(Guard.codes(inEntry));
        ObjectReader object = new ObjectReader(node, "guards", known, null, problems);
        Map<Guard, Guard.Level> named = new EnumMap<>(Guard.class);
        for (String code : Guard.codes(inEntry)) {
            Guard guard = Guard.of(code);
            Guard.Level level = level(object, code);
            if (guard != null && level != null) {
                named.put(guard, level);
            }
        }
        return new GuardLevels(named, level(object, ALL));
    }

    private static Guard.@Nullable Level level(ObjectReader object, String key) {
        String word = object.choice(key, LEVELS);
        return word == null ? null : Guard.Level.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private GuardsReader() {}
}
