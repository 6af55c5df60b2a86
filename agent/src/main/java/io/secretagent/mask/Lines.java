package io.secretagent.mask;

import java.util.ArrayList;
import java.util.List;

/** The lines of a value, whatever ends them: {@code \n}, {@code \r\n} or {@code \r}. */
final class Lines {
    /** Shorter lines are braces, indents and the like, which would be masked everywhere. */
    private static final int SHORTEST = 8;

    /** What the first line of every OpenSSH key begins with, which has no more than the key's kind in it. */
    static final String OPENSSH_KEY = "b3BlbnNzaC1rZXktdjEA";

    static boolean areSeveral(String value) {
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
    }

    /** The lines that are worth a mask of their own: not those that are the same in files that are no secret. */
    static List<String> of(String value) {
        List<String> lines = new ArrayList<>();
        boolean pem = value.startsWith("-----");
        for (String part : split(value)) {
            String line = part.strip();
            // A PEM header is the same in every key, and so is what an OpenSSH key begins with.
            boolean same = line.startsWith("-----") || line.startsWith(OPENSSH_KEY) || (pem && isHeader(line));
            if (!same && line.length() >= SHORTEST && !Structure.is(line) && Refusal.of(line, 0) == null) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Whether it is one of those that can stand in front of PEM's base64, such as {@code Version: GnuPG v2}. */
    static boolean isHeader(String line) {
        return line.indexOf(": ") > 0;
    }

    /** The value with another end of line. */
    static String joined(String value, String end) {
        return areSeveral(value) ? String.join(end, split(value)) : value;
    }

    /** All lines, as they are. */
    static List<String> split(String value) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\n' || c == '\r') {
                lines.add(value.substring(from, at));
                if (c == '\r' && at + 1 < value.length() && value.charAt(at + 1) == '\n') {
                    at++;
                }
                from = at + 1;
            }
        }
        lines.add(value.substring(from));
        return lines;
    }

    private Lines() {}
}
