package io.secretagent.mask;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The forms in which a value can turn up in a log: itself, each longer line of it, and these as a JSON string. */
final class Forms {
    /** Shorter lines are braces, indents and the like, which would be masked everywhere. */
    private static final int SHORTEST_LINE = 8;

    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        forms.add(json(value));
        if (value.indexOf('\n') >= 0) {
            for (String line : lines(value)) {
                forms.add(line);
                forms.add(json(line));
            }
        }
        return forms;
    }

    private static List<String> lines(String value) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < value.length()) {
            int end = value.indexOf('\n', from);
            if (end < 0) {
                end = value.length();
            }
            String line = value.substring(from, end).strip();
            // A PEM header is the same in every key.
            if (line.length() >= SHORTEST_LINE && !line.startsWith("-----") && Refusal.of(line, 0) == null) {
                lines.add(line);
            }
            from = end + 1;
        }
        return lines;
    }

    private static String json(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if (c < ' ') {
                        escaped.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xf, 16));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private Forms() {}
}
