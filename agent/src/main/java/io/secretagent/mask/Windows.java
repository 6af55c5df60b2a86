package io.secretagent.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every {@value #LENGTH} bytes in a row of the texts of which all pieces are masked, but for those with fewer than
 * {@value #FEWEST_DISTINCT} different bytes, as lines and blanks are. Immutable.
 *
 * <p>As patterns of the automaton they would take sixteen times the memory; here a byte of a text takes one, and a place
 * in a table. Text that is looked at comes as two numbers: the last byte is the lowest of {@code newer}, and what was
 * eight bytes in front of it the lowest of {@code older}.
 */
final class Windows {
    static final int LENGTH = 16;

    /** How many bytes of a window there are before it is whole. */
    static final int REACH = LENGTH - 1;

    /** From here on a piece gives away too much to be shown before the rest is known. */
    static final int TELLING = 8;

    private static final int FEWEST_DISTINCT = 4;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Pattern[] texts;
    /** Where each text begins among the bytes, in which there is an end of line behind each: no text has one. */
    private final int[] starts;

    private final byte[] bytes;
    /** Where windows begin, one more than it; with open addressing, and 0 for an empty place. */
    private final int[] table;

    private final int tableShift;
    /** Two bytes that follow each other in a text. */
    private final long[] pairs;

    private final long[] singles = new long[4];

    Windows(List<Pattern> all) {
        texts = all.toArray(new Pattern[0]);
        starts = new int[texts.length];
        int size = 0;
        for (int i = 0; i < texts.length; i++) {
            starts[i] = size;
            size += texts[i].length() + 1;
        }
        bytes = new byte[size];
        Arrays.fill(bytes, (byte) '\n');
        pairs = new long[size == 0 ? 0 : 1 << 10];
        int bits = 33 - Integer.numberOfLeadingZeros(size | 1);
        table = new int[size == 0 ? 0 : 1 << bits];
        tableShift = 64 - bits;
        for (int i = 0; i < texts.length; i++) {
            add(texts[i].bytes(), starts[i]);
        }
    }

    boolean isEmpty() {
        return texts.length == 0;
    }

    /** The mask of the text that has the sixteen bytes in it; null if none has. */
    byte @Nullable [] mask(long older, long newer) {
        int at = table[place(older, newer)] - 1;
        return at < 0 ? null : text(at).mask();
    }

    /** The first place in the range from where on a text's bytes have a whole window before {@code end}. */
    int findWhole(byte[] text, int from, int to, int end) {
        int last = Math.min(to, end - REACH);
        if (!isEmpty()) {
            for (int at = from; at < last; at++) {
                if (isWindow((long) LONG.get(text, at), (long) LONG.get(text, at + 8))) {
                    return at;
                }
            }
        }
        return to;
    }

    /** The first place in the range from where on there is a window, or may be one that goes on behind the end. */
    int find(byte[] text, int from, int to, int end) {
        if (isEmpty()) {
            return to;
        }
        int whole = findWhole(text, from, to, end);
        if (whole < to || to <= end - REACH) {
            return whole;
        }
        long older = 0;
        long newer = 0;
        int first = Math.max(from, end - REACH);
        for (int i = first; i < end; i++) {
            older = (older << 8) | (newer >>> 56);
            newer = (newer << 8) | (text[i] & 0xff);
        }
        return Math.min(to, end - beginning(older, newer, end - first));
    }

    /** Whether a window begins with the character there. */
    boolean beginsAt(CharSequence text, int at) {
        if (isEmpty() || at + LENGTH > text.length()) {
            return false;
        }
        long older = 0;
        long newer = 0;
        for (int i = at; i < at + LENGTH; i++) {
            char c = text.charAt(i);
            // No text has others than of ASCII.
            if (c >= 0x80) {
                return false;
            }
            older = (older << 8) | (newer >>> 56);
            newer = (newer << 8) | c;
        }
        return isWindow(older, newer);
    }

    /** How many of the last bytes, of which there are {@code seen}, may be the beginning of a window: that many or fewer. */
    int beginning(long older, long newer, int seen) {
        int last = (int) newer & 0xff;
        if (isEmpty() || seen == 0 || ((singles[last >> 6] >>> last) & 1) == 0) {
            return 0;
        }
        int most = Math.min(seen, REACH);
        long rest = newer;
        for (int length = 1; length < most; length++) {
            int pair = (int) rest & 0xffff;
            if (length == 8) {
                pair = (int) ((rest & 0xff) | ((older & 0xff) << 8));
            }
            if (((pairs[pair >> 6] >>> pair) & 1) == 0) {
                return length;
            }
            rest = length == 8 ? older : rest >>> 8;
        }
        return most;
    }

    /** What the last bytes are of a text's, if that is enough to give it away; null otherwise. */
    @Nullable Piece piece(long older, long newer, int seen) {
        Piece longest = null;
        for (int at = 0; seen >= TELLING && at <= bytes.length - TELLING; at++) {
            if ((long) LONG.get(bytes, at) == newer) {
                int length = TELLING;
                for (long rest = older; length < Math.min(seen, REACH) && length - TELLING < at; rest >>>= 8) {
                    if (bytes[at - 1 - (length - TELLING)] != (byte) rest) {
                        break;
                    }
                    length++;
                }
                if (longest == null || length > longest.length) {
                    longest = new Piece(length, text(at).mask());
                }
            }
        }
        return longest;
    }

    /** The last bytes of the input, which are a piece of a text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(int length, byte[] mask) {}

    /** The texts, for what finds the places where a window may be. */
    List<Pattern> texts() {
        return List.of(texts);
    }

    private void add(byte[] text, int start) {
        System.arraycopy(text, 0, bytes, start, text.length);
        for (int i = 0; i < text.length; i++) {
            int b = text[i] & 0xff;
            singles[b >> 6] |= 1L << b;
            if (i > 0) {
                int pair = ((text[i - 1] & 0xff) << 8) | b;
                pairs[pair >> 6] |= 1L << pair;
            }
        }
        for (int at = start; at <= start + text.length - LENGTH; at++) {
            if (isTelling(bytes, at)) {
                int place = place((long) LONG.get(bytes, at), (long) LONG.get(bytes, at + 8));
                // The oldest value's mask is the one to stay, and newer ones come later.
                if (table[place] == 0) {
                    table[place] = at + 1;
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

    private boolean isWindow(long older, long newer) {
        return table[place(older, newer)] != 0;
    }

    /** Where the window is in the table, or would be. */
    private int place(long older, long newer) {
        int place = (int) ((((older * SPREAD) ^ newer) * SPREAD) >>> tableShift);
        for (int at = table[place]; at != 0; at = table[place]) {
            if ((long) LONG.get(bytes, at - 1) == older && (long) LONG.get(bytes, at + 7) == newer) {
                return place;
            }
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private Pattern text(int at) {
        int text = Arrays.binarySearch(starts, at);
        return texts[text >= 0 ? text : -text - 2];
    }
}
