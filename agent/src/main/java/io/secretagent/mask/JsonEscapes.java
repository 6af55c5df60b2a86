package io.secretagent.mask;

import java.util.LinkedHashSet;
import java.util.Set;

/** A text as the JSON writers of the field write it into a string, and as it looks in JSON within JSON. */
final class JsonEscapes {
    private static final String NONE = "";

    /** Nobody writes whole files in this way, of which a character takes six. */
    private static final int LONGEST_BY_NUMBER = 256;

    private final String text;
    private final Set<String> variants = new LinkedHashSet<>();

    private JsonEscapes(String text) {
        this.text = text;
    }

    static void add(String text, Set<String> variants) {
        JsonEscapes escapes = new JsonEscapes(text);
        if (escapes.hasSpecial()) {
            escapes.add(NONE, false, false);
            escapes.add(NONE, true, false); // PHP, Commons Text
            escapes.add(NONE, false, true); // Python, Jackson's ESCAPE_NON_ASCII
            escapes.add(NONE, true, true);
            escapes.add("<>&", false, false); // Go
            escapes.add("<>&='", false, false); // Gson
            escapes.add("<>&'\"", true, true); // PHP's JSON_HEX_*
            escapes.add("<>&'\"+`", false, true); // .NET
            for (String once : escapes.variants.toArray(new String[0])) {
                escapes.variants.add(plain(once));
            }
            variants.addAll(escapes.variants);
        }
        if (text.length() <= LONGEST_BY_NUMBER) {
            variants.add(allByNumber(text, false));
            variants.add(allByNumber(text, true));
        }
    }

    /** With a backslash where one is needed, and all else as it is. */
    static String plain(String text) {
        return escaped(text, NONE, false, false, false);
    }

    private boolean hasSpecial() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || "\"\\/<>&='+`".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void add(String byNumber, boolean slash, boolean beyondAscii) {
        variants.add(escaped(text, byNumber, slash, beyondAscii, false));
        variants.add(escaped(text, byNumber, slash, beyondAscii, true));
    }

    private static String escaped(String text, String byNumber, boolean slash, boolean beyondAscii, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (byNumber.indexOf(c) >= 0 || (beyondAscii && c > '~')) {
                number(escaped, c, upper);
            } else {
                switch (c) {
                    case '"', '\\' -> escaped.append('\\').append(c);
                    case '/' -> escaped.append(slash ? "\\/" : "/");
                    case '\n' -> escaped.append("\\n");
                    case '\r' -> escaped.append("\\r");
                    case '\t' -> escaped.append("\\t");
                    case '\b' -> escaped.append("\\b");
                    case '\f' -> escaped.append("\\f");
                    default -> {
                        if (c < ' ') {
                            number(escaped, c, upper);
                        } else {
                            escaped.append(c);
                        }
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static String allByNumber(String text, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length() * 6);
        for (int i = 0; i < text.length(); i++) {
            number(escaped, text.charAt(i), upper);
        }
        return escaped.toString();
    }

    private static void number(StringBuilder to, char c, boolean upper) {
        to.append("\\u");
        Hex.append(to, c >> 8, upper);
        Hex.append(to, c, upper);
    }
}
