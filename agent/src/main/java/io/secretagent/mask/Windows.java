package io.secretagent.mask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every {@value #LENGTH} bytes in a row of the texts of which all pieces are masked, but for those with fewer than
 * {@value #FEWEST_DISTINCT} different bytes, as lines and blanks are. Immutable.
 *
 * <p>As patterns they would take sixteen times the memory; here a byte of a text takes one, and a place in a table.
 */
final class Windows {
    static final int LENGTH = 16;

    /** From here on a piece gives away too much to be shown before the rest is known. */
    static final int TELLING = 8;

    private static final int FEWEST_DISTINCT = 4;
    private static final int REACH = LENGTH - 1;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final PatternList texts;
    /** Where windows begin, one more than it; with open addressing, and 0 for an empty place. */
    private final int[] table;

    private final int tableShift;
    /** Bytes, and two bytes that follow each other in a text. */
    private final long[] singles = new long[4];

    private final long[] pairs;

    /** @param parts the oldest first */
    Windows(List<PatternList> parts) {
        texts = PatternList.joined(parts);
        int length = texts.length();
        pairs = new long[length == 0 ? 0 : 1 << 10];
        tableShift = Long.numberOfLeadingZeros(length | 1) - 1;
        table = new int[length == 0 ? 0 : 1 << (Long.SIZE - tableShift)];
        for (int i = 0; i < texts.size(); i++) {
            add(texts.bytes(), texts.start(i), texts.end(i));
        }
    }

    /** The texts, for what finds the places where a window may be. */
    PatternList texts() {
        return texts;
    }

    /** Whether a window begins there. */
    boolean isAt(byte[] text, int at, int to) {
        return to - at >= LENGTH && table.length > 0 && table[place(text, at)] != 0;
    }

    /** The mask of the text that has the window in it that begins there. */
    byte[] mask(byte[] text, int at) {
        return texts.mask(text(table[place(text, at)] - 1));
    }

    /** The first place in the range from where on all may be the beginning of a window. */
    int beginning(byte[] text, int from, int to) {
        int first = Math.max(from, to - REACH);
        if (table.length == 0 || from == to || !isIn(singles, text[to - 1] & 0xff)) {
            return to;
        }
        int at = to - 1;
        while (at > first && isIn(pairs, pair(text, at - 1))) {
            at--;
        }
        return at;
    }

    /** What the bytes end with of a text's, if that is enough to give it away; null otherwise. */
    @Nullable Piece piece(byte[] text, int to) {
        int longest = TELLING - 1;
        int of = -1;
        for (int i = 0; i < texts.size(); i++) {
            for (int end = texts.start(i) + TELLING; end <= texts.end(i); end++) {
                int most = Math.min(REACH, Math.min(to, end - texts.start(i)));
                int length = 0;
                while (length < most && text[to - 1 - length] == texts.bytes()[end - 1 - length]) {
                    length++;
                }
                if (length > longest) {
                    longest = length;
                    of = i;
                }
            }
        }
        return of < 0 ? null : new Piece(longest, texts.mask(of));
    }

    /** The last bytes of the input, which are a piece of a text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(int length, byte[] mask) {}

    private void add(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            add(singles, bytes[at] & 0xff);
            if (at > start) {
                add(pairs, pair(bytes, at - 1));
            }
        }
        long first = 0;
        long second = 0;
        for (int at = start; at < end; at++) {
            first = first >>> 8 | second << 56;
            second = second >>> 8 | (long) bytes[at] << 56;
            int window = at - REACH;
            if (window >= start && isTelling(bytes, window)) {
                int place = place(first, second);
                // The oldest value's mask is the one to stay, and newer ones come later.
                if (table[place] == 0) {
                    table[place] = window + 1;
                }
            }
        }
    }

    /** Whether the window there has enough different bytes to be one of a secret. */
    static boolean isTelling(byte[] bytes, int at) {
        int distinct = 1;
        for (int i = at + 1; i < at + LENGTH && distinct < FEWEST_DISTINCT; i++) {
            boolean isNew = true;
            for (int j = at; j < i && isNew; j++) {
                isNew = bytes[j] != bytes[i];
            }
            distinct += isNew ? 1 : 0;
        }
        return distinct == FEWEST_DISTINCT;
    }

    /** Where the window is in the table, or would be. */
    private int place(byte[] text, int at) {
        return place(Bytes.load(text, at), Bytes.load(text, at + Bytes.LOAD));
    }

    private int place(long first, long second) {
        int place = (int) ((((first * SPREAD) ^ second) * SPREAD) >>> tableShift);
        for (int known = table[place] - 1; known >= 0; known = table[place] - 1) {
            if (Bytes.load(texts.bytes(), known) == first && Bytes.load(texts.bytes(), known + Bytes.LOAD) == second) {
                return place;
            }
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    /** The text that has the byte. */
    private int text(int at) {
        int low = 0;
        int high = texts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (texts.start(middle) <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int pair(byte[] text, int at) {
        return ((text[at] & 0xff) << 8) | (text[at + 1] & 0xff);
    }

    private static void add(long[] set, int member) {
        set[member >> 6] |= 1L << member;
    }

    private static boolean isIn(long[] set, int member) {
        return (set[member >> 6] >>> member & 1) != 0;
    }
}
