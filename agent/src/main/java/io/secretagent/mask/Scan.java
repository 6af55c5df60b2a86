package io.secretagent.mask;

/** The quick look that most texts get: whether there is anything in them to look at closely. Allocates nothing. */
final class Scan {
    /** How many characters behind these are looked at: what is like a pattern for so long is looked at as a whole. */
    private static final int AHEAD = 40;

    /** How many characters are looked at together at the most, with the one in front and halves of pairs. */
    static final int LOOK = 1 + Index.NEAR + AHEAD + 2;

    /** The first place in the range where a match begins, or its end if there is none. */
    static int find(Index index, byte[] text, int from, int to) {
        int at = index.find(text, from, to);
        while (at < to) {
            boolean pieces = index.piecesMayBegin(text, at, to);
            int near = Math.min(at + Index.NEAR, to);
            for (; at < near; at++) {
                int before = at > from ? text[at - 1] : 0;
                if ((pieces && index.windows().isAt(text, at, to))
                        || (index.mayBegin(text, at, to)
                                && index.patterns().at(text, at, to, before, true) != Patterns.NONE)) {
                    return at;
                }
            }
            at = index.find(text, at, to);
        }
        return to;
    }

    /** Whether there may be a match in the characters, of which more than a beginning is there. */
    static boolean mayMatch(Index index, CharSequence text) {
        LowBytes room = LowBytes.take();
        int to = text.length();
        int at = index.find(text, 0, room);
        boolean may = false;
        while (at < to && !may) {
            int near = boundary(text, at + Index.NEAR);
            may = mayMatch(index, text, at, near, room);
            at = index.find(text, near, room);
        }
        room.giveBack();
        return may;
    }

    /** Whether a match may begin in the range. */
    private static boolean mayMatch(Index index, CharSequence text, int from, int to, LowBytes room) {
        byte[] bytes = room.utf8();
        int end = boundary(text, to + AHEAD);
        int at = room.encode(text, Math.max(from - 1, 0), from, 0);
        int atEnd = room.encode(text, from, to, at);
        int encoded = room.encode(text, to, end, atEnd);
        for (; at < atEnd; at++) {
            int before = at > 0 ? bytes[at - 1] : 0;
            if (index.windows().isAt(bytes, at, encoded)
                    || (index.mayBegin(bytes, at, encoded)
                            && index.patterns().at(bytes, at, encoded, before, end == text.length())
                                    != Patterns.NONE)) {
                return true;
            }
        }
        return false;
    }

    /** The place, or the next one if a pair of surrogates would be parted; no more than the length. */
    private static int boundary(CharSequence text, int at) {
        if (at >= text.length()) {
            return text.length();
        }
        return isPair(text, at - 1) ? at + 1 : at;
    }

    /** The index of the first half of a surrogate pair that stands alone, or the length. */
    static int loneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    return i;
                }
                i++;
            }
        }
        return text.length();
    }

    private static boolean isPair(CharSequence text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private Scan() {}
}
