package io.secretagent.mask;

import java.util.HashSet;
import java.util.Set;

/** A text as the languages that escape by a backslash write it: properties files, string literals, patterns, shells. */
final class BackslashEscapes {
    private static final String CONTROLS = "\n\r\t\f\b";
    private static final String LETTERS = "nrtfb";

    /** What a string literal escapes, besides control characters and some beyond ASCII. */
    private static final String[] LITERALS = {
        "\\=:#!", // a value in a properties file
        "\\=:#! ", // a key in a properties file
        "\\'", // JavaScript, Python
        "\\\"'", "\\\"'/", // JavaScript within HTML
    };

    /** What else is escaped, with all other characters as they are. */
    private static final String[] TEXTS = {
        "\\\"$`", // within a shell's double quotes
        "\\\"$`!", // the same in an interactive one
        "\\ !\"$&'()*,;<>?[]^`{|}", // bash's printf %q
        "\\ !\"$&'()*;<>?[]^`{|}~#",
        "\\.[]{}()*+?^$|", // regular expressions
        "\\.[]{}()*+?^$|/-", // JavaScript's
        "\\.[]{}()*+?^$|-&~# ", // Python's
        "\\!\"#$%&'()*+,-./:;<=>?@[]^`{|}~ ", // all that is no letter or underscore
        "\\!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ ", // quotemeta
        "\\$", // a replacement for a regular expression
    };

    static void add(String text, Specials specials, Set<String> variants) {
        if (specials.isEmpty()) {
            return;
        }
        Set<String> done = new HashSet<>();
        for (String escaped : LITERALS) {
            String present = specials.among(escaped);
            if (done.add(present)) {
                variants.add(escaped(text, specials, present, true, false, false));
                if (specials.beyond()) {
                    variants.add(escaped(text, specials, present, true, true, false));
                    variants.add(escaped(text, specials, present, true, true, true));
                }
            }
        }
        done.clear();
        for (String escaped : TEXTS) {
            String present = specials.among(escaped);
            if (!present.isEmpty() && done.add(present)) {
                variants.add(escaped(text, specials, present, false, false, false));
            }
        }
    }

    private static String escaped(
            String text, Specials specials, String special, boolean letters, boolean byNumber, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int from = 0;
        for (int i : specials.places()) {
            escaped.append(text.substring(from, i));
            from = i + 1;
            char c = text.charAt(i);
            if (special.indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else if (letters && CONTROLS.indexOf(c) >= 0) {
                escaped.append('\\').append(LETTERS.charAt(CONTROLS.indexOf(c)));
            } else if (byNumber && (c < ' ' || c > '~')) {
                escaped.append("\\u");
                Hex.append(escaped, c >> 8, upper);
                Hex.append(escaped, c, upper);
            } else {
                escaped.append(c);
            }
        }
        return escaped.append(text.substring(from)).toString();
    }

    private BackslashEscapes() {}
}
