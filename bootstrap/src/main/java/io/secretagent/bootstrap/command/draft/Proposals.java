package io.secretagent.bootstrap.command.draft;

import io.secretagent.bootstrap.backend.Described;
import io.secretagent.channel.OneLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Entries for a store's names, with targets that say what the names say and that no two share. */
final class Proposals {
    private static final String ALL_KEYS = "#*";

    /** Files that have fields by their names. */
    private static final List<String> FIELD_FILES = List.of(".env", ".properties", ".json", ".yaml", ".yml");

    private final TargetNaming naming = new TargetNaming();
    private final List<Proposal> proposals = new ArrayList<>();
    private final SortedMap<String, String> leftOut;
    private final String common;
    private final String type;
    private final Prefix prefix;

    /**
     * Proposes.
     *
     * @param type of the backend
     * @param keys what the values told, by name; empty if they were not read
     * @param leftOut takes those that cannot be mapped, each with the reason
     */
    static List<Proposal> of(
            String type,
            Prefix prefix,
            SortedMap<String, Described.Known> names,
            Map<String, Keys> keys,
            SortedMap<String, String> leftOut) {
        String common = commonFolder(names.keySet().stream().map(prefix::plain).toList());
        Proposals proposals = new Proposals(type, prefix, common, leftOut);
        names.keySet().forEach(name -> proposals.propose(name, keys.get(name)));
        return proposals.proposals;
    }

    private Proposals(String type, Prefix prefix, String common, SortedMap<String, String> leftOut) {
        this.type = type;
        this.prefix = prefix;
        this.common = common;
        this.leftOut = leftOut;
    }

    private void propose(String name, @Nullable Keys keys) {
        if (hasControls(name)) {
            leftOut.put(name, "its name has characters that a mapping cannot hold");
        } else if (name.indexOf('#') >= 0) {
            leftOut.put(name, "its name has a #, which begins the name of a key in a mapping");
        } else if (keys instanceof Keys.Empty) {
            leftOut.put(name, "empty");
        } else if (keys instanceof Keys.Named named) {
            if (named.keys().isEmpty()) {
                leftOut.put(name, "none of its keys has a value");
            }
            named.keys().stream().filter(key -> !hasControls(key)).forEach(key -> proposeKey(name, key));
        } else if (keys instanceof Keys.Binary) {
            add(name, "", words(name), true, null);
        } else if (keys instanceof Keys.None || !hasFields(name)) {
            add(name, "", words(name), false, remark(keys));
        } else {
            add(name, ALL_KEYS, words(name), false, remark(keys));
        }
    }

    private static @Nullable String remark(@Nullable Keys keys) {
        return keys instanceof Keys.Unknown unknown ? "its keys are not known: " + unknown.why() : null;
    }

    /** A key of several words says what it is; one word, such as password, does not say of what. */
    private void proposeKey(String name, String key) {
        List<String> words = new ArrayList<>(TargetNaming.words(key));
        if (words.size() < 2) {
            words.addAll(0, words(name));
        }
        boolean pointer = key.isEmpty() || key.indexOf('#') >= 0 || key.startsWith("/") || key.equals("*");
        add(name, pointer ? "#/" + key.replace("~", "~0").replace("/", "~1") : "#" + key, words, false, null);
    }

    private void add(String name, String selection, List<String> words, boolean base64, @Nullable String remark) {
        boolean all = selection.equals(ALL_KEYS);
        proposals.add(new Proposal(
                prefix.written(name) + selection,
                naming.property(words) + (all ? ".*" : ""),
                naming.variable(words) + (all ? "_*" : ""),
                base64,
                remark));
    }

    private List<String> words(String name) {
        String plain = prefix.plain(name);
        String own = plain.substring(common.length());
        if (type.equals("directory") && isFieldFile(own)) {
            own = own.substring(0, own.lastIndexOf('.'));
        }
        List<String> words = TargetNaming.words(own);
        return words.isEmpty() ? lastOf(TargetNaming.words(plain)) : words;
    }

    private static List<String> lastOf(List<String> words) {
        return words.subList(Math.max(0, words.size() - 1), words.size());
    }

    private boolean hasFields(String name) {
        return type.equals("vault") || (type.equals("directory") && isFieldFile(name));
    }

    /** YAML ends a line at more than a line feed. */
    private static boolean hasControls(String text) {
        return !OneLine.of(text).equals(text);
    }

    private static boolean isFieldFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FIELD_FILES.stream().anyMatch(lower::endsWith);
    }

    /** The folders that all names share. */
    private static String commonFolder(Collection<String> names) {
        String common = null;
        for (String name : names) {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            if (common == null) {
                common = folder;
            }
            while (!name.startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return common == null ? "" : common;
    }
}
