package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

/** A text as it stands within the quotes of a shell or of a language that doubles quotes. */
final class ShellQuotes {

    static void add(String text, Specials specials, Set<String> variants) {
        if (specials.isEmpty()) {
            return;
        }
        variants.add(text.replace("'", "'\\''"));
        variants.add(text.replace("'", "'\"'\"'")); // busybox's ash, Python's shlex
        if (text.contains("''")) {
            variants.add(quotesTogether(text));
        }
        variants.add(text.replace("'", "''")); // SQL, YAML, PowerShell
        variants.add(text.replace("\"", "\"\"")); // CSV, Windows
        variants.add(text.replace("$", "$$")); // make, compose files
        variants.add(text.replace("%", "%%")); // batch files, formats
        variants.add(carets(text, specials));
        variants.add(ansi(text, specials, false));
        if (specials.beyond()) {
            variants.add(ansi(text, specials, true));
        }
    }

    /** As dash traces and exports it: {@code '} that follow each other within one pair of {@code "}. */
    private static String quotesTogether(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            boolean quote = text.charAt(i) == '\'';
            if (quote && (i == 0 || text.charAt(i - 1) != '\'')) {
                quoted.append("'\"");
            }
            quoted.append(text.charAt(i));
            if (quote && (i + 1 == text.length() || text.charAt(i + 1) != '\'')) {
                quoted.append("\"'");
            }
        }
        return quoted.toString();
    }

    /** As the command line of Windows wants it. */
    private static String carets(String text, Specials specials) {
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        int from = 0;
        for (int i : specials.places()) {
            quoted.append(text.substring(from, i));
            from = i + 1;
            char c = text.charAt(i);
            if ("^&|<>()\"%!".indexOf(c) >= 0) {
                quoted.append('^');
            }
            quoted.append(c);
        }
        return quoted.append(text.substring(from)).toString();
    }

    /** Within <code>$'...'</code>. */
    private static String ansi(String text, Specials specials, boolean octal) {
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        int from = 0;
        for (int i : specials.places()) {
            if (i < from) { // the second half of a pair
                continue;
            }
            quoted.append(text.substring(from, i));
            from = i + 1;
            char c = text.charAt(i);
            switch (c) {
                case '\'', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\f' -> quoted.append("\\f");
                case '\b' -> quoted.append("\\b");
                case 0x1b -> quoted.append("\\E");
                default -> {
                    if (c < ' ' || (octal && c > '~')) {
                        octal(quoted, text, i);
                        from = text.offsetByCodePoints(i, 1);
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append(text.substring(from)).toString();
    }

    private static void octal(StringBuilder to, String text, int at) {
        byte[] bytes = text.substring(at, text.offsetByCodePoints(at, 1)).getBytes(UTF_8);
        for (byte b : bytes) {
            to.append('\\');
            for (int shift = 6; shift >= 0; shift -= 3) {
                to.append((char) ('0' + ((b >> shift) & (shift == 6 ? 3 : 7))));
            }
        }
    }

    private ShellQuotes() {}
}
