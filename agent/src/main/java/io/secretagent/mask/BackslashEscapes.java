package io.secretagent.mask;

/** A text as the languages that escape by a backslash write it: properties files, string literals, patterns, shells. */
final class BackslashEscapes {
    private static final String CONTROLS = "\n\r\t\f\b";
    private static final String LETTERS = "nrtfb";

    /** What a string literal escapes, besides control characters and some beyond ASCII. */
    private static final long[] LITERALS = {
        Text.set("\\=:#!"), // a value in a properties file
        Text.set("\\=:#! "), // a key in a properties file
        Text.set("\\'"), // JavaScript, Python
        Text.set("\\\"'"),
        Text.set("\\\"'/"), // JavaScript within HTML
    };

    /** What else is escaped, with all other characters as they are. */
    private static final long[] TEXTS = {
        Text.set("\\\"$`"), // within a shell's double quotes
        Text.set("\\\"$`!"), // the same in an interactive one
        Text.set("\\ !\"$&'()*,;<>?[]^`{|}"), // bash's printf %q
        Text.set("\\ !\"$&'()*;<>?[]^`{|}~#"),
        Text.set("\\.[]{}()*+?^$|"), // regular expressions
        Text.set("\\.[]{}()*+?^$|/-"), // JavaScript's
        Text.set("\\.[]{}()*+?^$|-&~# "), // Python's
        Text.set("\\!\"#$%&'()*+,-./:;<=>?@[]^`{|}~ "), // all that is no letter or underscore
        Text.set("\\!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ "), // quotemeta
        Text.set("\\$"), // a replacement for a regular expression
    };

    static void add(Text text, PatternList to) {
        if (text.isPlain()) {
            return;
        }
        for (int i = 0; i < LITERALS.length; i++) {
            if (text.isFirst(LITERALS, i)) {
                add(text, LITERALS[i], true, false, false, to);
                if (text.beyond()) {
                    add(text, LITERALS[i], true, true, false, to);
                    add(text, LITERALS[i], true, true, true, to);
                }
            }
        }
        for (int i = 0; i < TEXTS.length; i++) {
            if (text.among(TEXTS[i]) != 0 && text.isFirst(TEXTS, i)) {
                add(text, TEXTS[i], false, false, false, to);
            }
        }
    }

    private static void add(Text text, long special, boolean letters, boolean byNumber, boolean upper, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            int c = text.character(i);
            if (text.isIn(i, special)) {
                to.put('\\');
                to.put(c);
            } else if (letters && CONTROLS.indexOf(c) >= 0) {
                to.put('\\');
                to.put(LETTERS.charAt(CONTROLS.indexOf(c)));
            } else if (byNumber && Text.isOther(c)) {
                JsonEscapes.putNumber(c, upper, to);
            } else {
                text.putItself(i, to);
            }
        }
        text.finish(to);
    }

    private BackslashEscapes() {}
}
