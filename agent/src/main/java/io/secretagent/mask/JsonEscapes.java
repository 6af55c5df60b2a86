package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text as the JSON writers of the field write it into a string, and as it looks in JSON within JSON. */
final class JsonEscapes {
    /** Nobody writes whole files in this way, of which a character takes six. */
    private static final int LONGEST_BY_NUMBER = 256;

    /** What writers put as numbers of the characters that have no escape of their own in JSON. */
    private static final long[] BY_NUMBER = {
        0,
        Text.set("<>&"), // Go
        Text.set("<>&='"), // Gson
        Text.set("<>&'\""), // PHP's JSON_HEX_*
        Text.set("<>&'\"+`"), // .NET
    };

    private static final long SLASH = Text.set("/");

    static void add(Text text, PatternList to) {
        if (!text.isPlain()) {
            boolean slashes = text.among(SLASH) != 0;
            int first = to.size();
            for (int i = 0; i < BY_NUMBER.length; i++) {
                if (text.isFirst(BY_NUMBER, i)) {
                    addAll(text, BY_NUMBER[i], false, to);
                    if (slashes) { // PHP, Commons Text
                        addAll(text, BY_NUMBER[i], true, to);
                    }
                }
            }
            for (int last = to.size(); first < last; first++) {
                addEscapedAgain(first, to);
            }
        }
        if (text.string().length() <= LONGEST_BY_NUMBER) {
            to.add(Hex.unicode(text.string(), false));
            to.add(Hex.unicode(text.string(), true));
        }
    }

    /** With a backslash where one is needed, in front of slashes too or not, and all else as it is. */
    static void addPlain(Text text, PatternList to) {
        add(text, 0, false, false, false, to);
        if (text.among(SLASH) != 0) {
            add(text, 0, true, false, false, to);
        }
    }

    /** By numbers in lower and upper case, and with what is beyond ASCII as it is and by numbers. */
    private static void addAll(Text text, long byNumber, boolean slash, PatternList to) {
        boolean beyond = text.beyond();
        add(text, byNumber, slash, false, false, to);
        if (beyond || text.among(byNumber) != 0) {
            add(text, byNumber, slash, false, true, to);
        }
        if (beyond) {
            add(text, byNumber, slash, true, false, to);
            add(text, byNumber, slash, true, true, to);
        }
    }

    private static void add(
            Text text, long byNumber, boolean slash, boolean beyondAscii, boolean upper, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            int c = text.character(i);
            if (text.isIn(i, byNumber) || (beyondAscii && c > '~')) {
                putNumber(c, upper, to);
            } else {
                char escape = escape(c);
                if (escape != 0) {
                    to.put('\\');
                    to.put(escape);
                } else if (c == '/' && slash) {
                    to.put("\\/");
                } else if (c < ' ') {
                    putNumber(c, upper, to);
                } else {
                    text.putItself(i, to);
                }
            }
        }
        text.finish(to);
    }

    /** A character, which is no half of a pair, with a backslash where one is needed. */
    static void putPlain(char c, PatternList to) {
        char escape = escape(c);
        if (escape != 0) {
            to.put('\\');
            to.put(escape);
        } else if (c < ' ') {
            putNumber(c, false, to);
        } else if (c < 0x80) {
            to.put(c);
        } else {
            byte[] bytes = String.valueOf(c).getBytes(UTF_8);
            to.put(bytes, 0, bytes.length);
        }
    }

    /** What stands behind the backslash, or 0 for none. */
    private static char escape(int c) {
        return switch (c) {
            case '"', '\\' -> (char) c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
    }

    /** As JSON, properties files and Java write a character by its number, or by two if it has a surrogate pair. */
    static void putNumber(int c, boolean upper, PatternList to) {
        if (c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            putNumber(Character.highSurrogate(c), upper, to);
            putNumber(Character.lowSurrogate(c), upper, to);
        } else {
            to.put("\\u");
            Hex.put(c >> 8, upper, to);
            Hex.put(c, upper, to);
        }
    }

    private static void addEscapedAgain(int pattern, PatternList to) {
        int from = to.start(pattern);
        int end = to.end(pattern);
        for (int at = from; at < end; at++) {
            byte b = to.bytes()[at];
            // Nothing else is left to escape.
            if (b == '\\' || b == '"') {
                to.put(to.bytes(), from, at);
                to.put('\\');
                from = at;
            }
        }
        to.put(to.bytes(), from, end);
        to.finish();
    }

    private JsonEscapes() {}
}
