package io.secretagent.mask;

/** A text as it stands within the quotes of a shell or of a language that doubles quotes. */
final class ShellQuotes {
    /** What the command line of Windows wants a caret in front of. */
    private static final long CARETS = Text.set("^&|<>()\"%!");

    /** What MySQL's driver doubles. */
    private static final long DOUBLED = Text.set("'\\");

    static void add(Text text, PatternList to) {
        if (text.isPlain()) {
            return;
        }
        replace(text, "'", "'\\''", to);
        replace(text, "'", "'\"'\"'", to); // busybox's ash, Python's shlex
        if (text.string().contains("''")) {
            addQuotesTogether(text, to);
        }
        replace(text, "'", "''", to); // SQL, YAML, PowerShell
        replace(text, "\"", "\"\"", to); // CSV, Windows
        if (text.has('\\')) {
            addDoubled(text, to);
            replace(text, "\"", "\\\"", to); // the command line of Windows
        }
        replace(text, "$", "$$", to); // make, compose files
        replace(text, "%", "%%", to); // batch files, formats
        addCarets(text, to);
        addAnsi(text, false, to);
        if (text.beyond()) {
            addAnsi(text, true, to);
        }
    }

    private static void replace(Text text, String character, String by, PatternList to) {
        long set = Text.set(character);
        if (text.among(set) == 0) {
            return;
        }
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            if (text.isIn(i, set)) {
                to.put(by);
            } else {
                text.putItself(i, to);
            }
        }
        text.finish(to);
    }

    private static void addDoubled(Text text, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            if (text.isIn(i, DOUBLED)) {
                text.putItself(i, to);
            }
            text.putItself(i, to);
        }
        text.finish(to);
    }

    /** As dash traces and exports it: {@code '} that follow each other within one pair of {@code "}. */
    private static void addQuotesTogether(Text text, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            boolean quote = text.character(i) == '\'';
            if (quote && !(i > 0 && text.character(i - 1) == '\'' && text.end(i - 1) == text.start(i))) {
                to.put("'\"");
            }
            text.putItself(i, to);
            if (quote
                    && !(i + 1 < text.places() && text.character(i + 1) == '\'' && text.start(i + 1) == text.end(i))) {
                to.put("\"'");
            }
        }
        text.finish(to);
    }

    private static void addCarets(Text text, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            if (text.isIn(i, CARETS)) {
                to.put('^');
            }
            text.putItself(i, to);
        }
        text.finish(to);
    }

    /** Within <code>$'...'</code>. */
    private static void addAnsi(Text text, boolean octal, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            int c = text.character(i);
            switch (c) {
                case '\'', '\\' -> {
                    to.put('\\');
                    to.put(c);
                }
                case '\n' -> to.put("\\n");
                case '\r' -> to.put("\\r");
                case '\t' -> to.put("\\t");
                case '\f' -> to.put("\\f");
                case '\b' -> to.put("\\b");
                case 0x1b -> to.put("\\E");
                default -> {
                    if (c < ' ' || (octal && c > '~')) {
                        putOctal(text, i, to);
                    } else {
                        text.putItself(i, to);
                    }
                }
            }
        }
        text.finish(to);
    }

    private static void putOctal(Text text, int place, PatternList to) {
        for (int at = text.start(place); at < text.end(place); at++) {
            int b = text.bytes()[at];
            to.put('\\');
            for (int shift = 6; shift >= 0; shift -= 3) {
                to.put('0' + ((b >> shift) & (shift == 6 ? 3 : 7)));
            }
        }
    }

    private ShellQuotes() {}
}
