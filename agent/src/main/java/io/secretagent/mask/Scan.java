package io.secretagent.mask;

/** The quick look that most texts get: whether there is anything in them to look at closely. Allocates nothing. */
final class Scan {

    /** Whether a pattern is in the range, be it one that only counts as a whole token. */
    static boolean mayMatch(Automaton automaton, byte[] text, int offset, int length) {
        int end = offset + length;
        int at = automaton.tiers().find(text, offset, end);
        while (at < end) {
            int from = at;
            int node = Automaton.ROOT;
            do {
                node = automaton.step(node, text[at++]);
                if (automaton.ending(node) != Automaton.ROOT) {
                    return true;
                }
            } while (automaton.holds(node) && at < end);
            if (automaton.windows().findWhole(text, from, at, end) < at) {
                return true;
            }
            at = automaton.tiers().find(text, at, end);
        }
        return false;
    }

    /** The same for characters. */
    static boolean mayMatch(Automaton automaton, CharSequence text) {
        LowBytes room = LowBytes.take();
        boolean may = mayMatch(automaton, text, room);
        room.giveBack();
        return may;
    }

    private static boolean mayMatch(Automaton automaton, CharSequence text, LowBytes room) {
        int end = text.length();
        int at = automaton.tiers().find(text, 0, room);
        while (at < end) {
            int node = Automaton.ROOT;
            do {
                if (automaton.windows().beginsAt(text, at)) {
                    return true;
                }
                char c = text.charAt(at);
                if (c < 0x80) {
                    node = automaton.step(node, (byte) c);
                } else if (!Character.isSurrogate(c)) {
                    node = stepBeyondAscii(automaton, node, c);
                } else if (isPair(text, at)) {
                    node = stepBeyondAscii(automaton, node, Character.toCodePoint(c, text.charAt(++at)));
                } else {
                    node = Automaton.ROOT;
                }
                at++;
                if (automaton.ending(node) != Automaton.ROOT) {
                    return true;
                }
            } while (automaton.holds(node) && at < end);
            at = automaton.tiers().find(text, at, room);
        }
        return false;
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

    /** Steps through the bytes that a character is in UTF-8. */
    private static int stepBeyondAscii(Automaton automaton, int node, int codePoint) {
        if (codePoint < 0x800) {
            int second = automaton.step(node, (byte) (0xc0 | (codePoint >> 6)));
            return automaton.step(second, (byte) (0x80 | (codePoint & 0x3f)));
        }
        int third;
        if (codePoint < 0x10000) {
            third = automaton.step(node, (byte) (0xe0 | (codePoint >> 12)));
        } else {
            int second = automaton.step(node, (byte) (0xf0 | (codePoint >> 18)));
            third = automaton.step(second, (byte) (0x80 | ((codePoint >> 12) & 0x3f)));
        }
        int last = automaton.step(third, (byte) (0x80 | ((codePoint >> 6) & 0x3f)));
        return automaton.step(last, (byte) (0x80 | (codePoint & 0x3f)));
    }

    private Scan() {}
}
