package io.secretagent.mask;

import java.util.Set;

/** A text as the languages that escape by a backslash write it: properties files, string literals, patterns, shells. */
final class BackslashEscapes {
    private static final String CONTROLS = "\n\r\t\f\b";
    private static final String LETTERS = "nrtfb";

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ";

    static void add(String text, Set<String> variants) {
        if (!hasSpecial(text)) {
            return;
        }
        // A properties file; the spaces of a key, of a value only the first.
        addLiteral(text, "\\=:#!", variants);
        addLiteral(text, "\\=:#! ", variants);
        // String literals, in JavaScript also within HTML.
        addLiteral(text, "\\'", variants);
        addLiteral(text, "\\\"'", variants);
        addLiteral(text, "\\\"'/", variants);
        // Within a shell's double quotes, and also in an interactive one's.
        addText(text, "\\\"$`", variants);
        addText(text, "\\\"$`!", variants);
        // A word of a shell: bash's printf %q, and all that is no letter.
        addText(text, "\\ !\"$&'()*,;<>?[]^`{|}", variants);
        addText(text, "\\ !\"$&'()*;<>?[]^`{|}~#", variants);
        // Regular expressions: Java's and JavaScript's, Python's, and all that is no letter.
        addText(text, "\\.[]{}()*+?^$|", variants);
        addText(text, "\\.[]{}()*+?^$|/-", variants);
        addText(text, "\\.[]{}()*+?^$|-&~# ", variants);
        addText(text, PUNCTUATION.replace("_", ""), variants);
        addText(text, PUNCTUATION, variants);
        // A replacement of a regular expression.
        addText(text, "\\$", variants);
    }

    private static boolean hasSpecial(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isWord(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** With control characters by letters, and others beyond ASCII as they are or by their numbers. */
    private static void addLiteral(String text, String escaped, Set<String> variants) {
        for (int i = 0; i < 3; i++) {
            variants.add(escaped(text, escaped, true, i > 0, i > 1));
        }
    }

    private static void addText(String text, String escaped, Set<String> variants) {
        variants.add(escaped(text, escaped, false, false, false));
    }

    private static String escaped(String text, String special, boolean letters, boolean byNumber, boolean upper) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
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
        return escaped.toString();
    }

    private BackslashEscapes() {}
}
