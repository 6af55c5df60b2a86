package io.secretagent.mask;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** A text as the JSON writers of the field write it into a string, and as it looks in JSON within JSON. */
final class JsonEscapes {
    /** Nobody writes whole files in this way, of which a character takes six. */
    private static final int LONGEST_BY_NUMBER = 256;

    /** What writers put as numbers of the characters that have no escape of their own in JSON. */
    private static final String[] BY_NUMBER = {
        "",
        "<>&", // Go
        "<>&='", // Gson
        "<>&'\"", // PHP's JSON_HEX_*
        "<>&'\"+`", // .NET
    };

    static void add(String text, Specials specials, Set<String> variants) {
        if (!specials.isEmpty()) {
            boolean slashes = text.indexOf('/') >= 0;
            Set<String> done = new HashSet<>();
            Set<String> once = new LinkedHashSet<>();
            for (String characters : BY_NUMBER) {
                String byNumber = specials.among(characters);
                if (done.add(byNumber)) {
                    addAll(text, specials, byNumber, false, once);
                    if (slashes) { // PHP, Commons Text
                        addAll(text, specials, byNumber, true, once);
                    }
                }
            }
            variants.addAll(once);
            for (String escaped : once) {
                // Nothing else is left to escape.
                variants.add(escaped.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        if (text.length() <= LONGEST_BY_NUMBER) {
            variants.add(Hex.unicode(text, false));
            variants.add(Hex.unicode(text, true));
        }
    }

    /** With a backslash where one is needed, and all else as it is. */
    static String plain(String text) {
        return escaped(text, new Specials(text), "", false, false, false);
    }

    /** By numbers in lower and upper case, and with what is beyond ASCII as it is and by numbers. */
    private static void addAll(String text, Specials specials, String byNumber, boolean slash, Set<String> variants) {
        boolean beyond = specials.beyond();
        variants.add(escaped(text, specials, byNumber, slash, false, false));
        if (beyond || !byNumber.isEmpty()) {
            variants.add(escaped(text, specials, byNumber, slash, false, true));
        }
        if (beyond) {
            variants.add(escaped(text, specials, byNumber, slash, true, false));
            variants.add(escaped(text, specials, byNumber, slash, true, true));
        }
    }

    private static String escaped(
            String text, Specials specials, String byNumber, boolean slash, boolean beyondAscii, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int from = 0;
        for (int i : specials.places()) {
            escaped.append(text.substring(from, i));
            from = i + 1;
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
        return escaped.append(text.substring(from)).toString();
    }

    private static void number(StringBuilder to, char c, boolean upper) {
        to.append("\\u");
        Hex.append(to, c >> 8, upper);
        Hex.append(to, c, upper);
    }

    private JsonEscapes() {}
}
