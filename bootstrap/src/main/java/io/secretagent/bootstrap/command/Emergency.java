package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody needs who has to renew secrets in a hurry. The mapping knows it: no backend is asked. */
final class Emergency {
    private static final List<String> STEPS = List.of(
            "After a leak, for each secret that may have leaked, the most important first:",
            "1. revoke it at its provider, and get a new one there",
            "2. store the new one: rotate --emergency takes the old one out of use, and says what has to be restarted",
            "3. watch the logs, and write down what happened");

    private static final Comparator<Entry> MOST_IMPORTANT_FIRST = Comparator.comparing(
                    (Entry entry) -> entry.policy().priority(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.name().backend())
            .thenComparing(entry -> entry.name().text());

    private final String file;
    /** The entries of each secret: one for each of its targets. */
    private final Map<String, List<Entry>> secrets = new LinkedHashMap<>();

    Emergency(Mapping mapping) {
        file = mapping.file().toString();
        mapping.entries().stream()
                .sorted(MOST_IMPORTANT_FIRST)
                .forEach(entry -> secrets.computeIfAbsent(
                                entry.name().backend() + " " + entry.name().text(), name -> new ArrayList<>())
                        .add(entry));
    }

    /** For a person. */
    List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>(STEPS);
        for (List<Entry> entries : secrets.values()) {
            Entry entry = entries.get(0);
            Entry.Policy policy = entry.policy();
            String priority = policy.priority() == null ? "--" : policy.priority();
            lines.add("");
            lines.add((colours && priority.equals("P0") ? Columns.red(priority) : priority) + "  "
                    + Columns.printable(entry.name().text()) + " ("
                    + entry.name().backend() + ")"
                    + (policy.purpose() == null ? "" : ": " + Columns.printable(policy.purpose())));
            lines.add("    provider  "
                    + (policy.provider() == null
                            ? "not told; add provider: to the entry"
                            : Columns.printable(policy.provider())));
            lines.add("    store     " + command(entry));
            lines.add("    read as   " + String.join(", ", targets(entries)));
        }
        return lines;
    }

    /** For a program, in the form that docs/commands.md describes. */
    String json(List<Problem> problems) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (List<Entry> entries : secrets.values()) {
            Entry entry = entries.get(0);
            Map<String, Object> secret = new LinkedHashMap<>();
            secret.put("priority", RowJson.orNull(entry.policy().priority()));
            secret.put("name", entry.name().text());
            secret.put("backend", entry.name().backend());
            secret.put("purpose", RowJson.orNull(entry.policy().purpose()));
            secret.put("provider", RowJson.orNull(entry.policy().provider()));
            secret.put("command", command(entry));
            secret.put("targets", targets(entries));
            list.add(secret);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("mapping", file);
        document.put("exit", RowJson.number(0));
        document.put("secrets", list);
        document.put("problems", problems.stream().map(RowJson::problem).toList());
        return Json.text(document);
    }

    /** To be typed, or pasted: quoted for a shell. Of all keys, one is rotated at a time. */
    private String command(Entry entry) {
        return "secret-agent rotate --emergency --mapping " + quoted(file) + " "
                + quoted(entry.name().text().replaceFirst("#\\*$", "#KEY"));
    }

    private static String quoted(String word) {
        String text = Columns.printable(word);
        return text.matches("[A-Za-z0-9_/.:@%+=,#-]+") && !text.startsWith("#")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }

    private static List<String> targets(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> Targets.of(entry).stream())
                .map(Target::toString)
                .toList();
    }
}
