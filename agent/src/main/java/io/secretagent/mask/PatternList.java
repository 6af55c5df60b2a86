package io.secretagent.mask;

import java.util.Arrays;
import java.util.List;

/**
 * Patterns back to back in one array, in the order in which they were added: objects of their own would take more room
 * than what is in them. A pattern is a variant of a secret's value as it is looked for, and known by its number here.
 */
final class PatternList {
    /** It counts only where no letter or digit stands next to it. */
    static final int TOKEN = 1;
    /** Its mask also covers one base64 character that follows, which has bits of the value, and padding. */
    static final int WIDEN = 2;

    /** There may be others than of ASCII in it. */
    private static final int BEYOND_ASCII = 4;

    private static final int MOST_OF_A_CHARACTER = 4;

    private final byte[] mask;
    /** What is so of all patterns that are made here. */
    private final int kind;

    private byte[] bytes;
    /** Where each begins; the next one's is its end. */
    private int[] starts;

    private byte[] kinds;
    private byte[][] masks;
    private int size;
    /** The end of what was put so far. */
    private int end;

    /**
     * For what is made of a value.
     *
     * @param mask what is written in the place of those for which nothing else is said
     */
    PatternList(String value, byte[] mask) {
        this(mask, Ascii.areAll(value) ? 0 : BEYOND_ASCII, 64, 4096);
    }

    /** For patterns of other lists, that many with so many bytes. */
    PatternList(int size, int length) {
        this(new byte[0], 0, size, length);
    }

    private PatternList(byte[] mask, int kind, int size, int length) {
        this.mask = mask;
        this.kind = kind;
        bytes = new byte[length];
        starts = new int[size + 1];
        kinds = new byte[size];
        masks = new byte[size][];
    }

    /** All patterns of the lists. */
    static PatternList joined(List<PatternList> parts) {
        int size = 0;
        int length = 0;
        for (PatternList part : parts) {
            size += part.size;
            length += part.length();
        }
        PatternList all = new PatternList(size, length);
        for (PatternList part : parts) {
            for (int i = 0; i < part.size; i++) {
                all.add(part, i);
            }
        }
        return all;
    }

    /** Adds a text; one of few characters counts as a whole token only. */
    void add(byte[] text) {
        put(text, 0, text.length);
        finish();
    }

    /** @param itsKind {@link #TOKEN}, {@link #WIDEN} or 0 */
    void add(byte[] pattern, int start, int to, int itsKind) {
        put(pattern, start, to);
        finish(mask, itsKind);
    }

    void add(byte[] pattern, byte[] itsMask) {
        put(pattern, 0, pattern.length);
        finish(itsMask, 0);
    }

    /** Adds the pattern with this number of another list. */
    void add(PatternList other, int number) {
        put(other.bytes, other.start(number), other.end(number));
        finish(other.masks[number], other.kinds[number]);
    }

    /** The next byte of the pattern that is added by {@link #finish}. */
    void put(int b) {
        if (end == bytes.length) {
            expect(1);
        }
        bytes[end++] = (byte) b;
    }

    /** The next bytes of it. */
    void put(byte[] from, int start, int to) {
        expect(to - start);
        System.arraycopy(from, start, bytes, end, to - start);
        end += to - start;
    }

    /** The next bytes of it, as characters of ASCII. */
    @SuppressWarnings("deprecation") // an array's copy, which is all that it has to be
    void put(String ascii) {
        expect(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, end);
        end += ascii.length();
    }

    /** Adds the bytes that were put, as {@link #add(byte[])} does. */
    void finish() {
        boolean isShort = end - starts[size] < Variants.SHORTEST_WITHIN_A_WORD * MOST_OF_A_CHARACTER
                && characters(starts[size], end) < Variants.SHORTEST_WITHIN_A_WORD;
        finish(mask, isShort ? TOKEN : 0);
    }

    /** @param itsKind {@link #TOKEN}, {@link #WIDEN} or 0 */
    void finish(int itsKind) {
        finish(mask, itsKind);
    }

    private void finish(byte[] itsMask, int itsKind) {
        if (size == kinds.length) {
            int room = 2 * size + 16;
            starts = Arrays.copyOf(starts, room + 1);
            kinds = Arrays.copyOf(kinds, room);
            masks = Arrays.copyOf(masks, room);
        }
        kinds[size] = (byte) (itsKind | kind);
        masks[size] = itsMask;
        starts[++size] = end;
    }

    private int characters(int from, int to) {
        int characters = 0;
        for (int at = from; at < to; at++) {
            characters += (bytes[at] & 0xc0) == 0x80 ? 0 : 1;
        }
        return characters;
    }

    /** Without the room for more. */
    PatternList trimmed() {
        bytes = Arrays.copyOf(bytes, end);
        starts = Arrays.copyOf(starts, size + 1);
        kinds = Arrays.copyOf(kinds, size);
        masks = Arrays.copyOf(masks, size);
        return this;
    }

    int size() {
        return size;
    }

    /** How many bytes all have. */
    int length() {
        return end;
    }

    /** All patterns' bytes, those of one from {@link #start} to {@link #end}. */
    byte[] bytes() {
        return bytes;
    }

    int start(int number) {
        return starts[number];
    }

    int end(int number) {
        return starts[number + 1];
    }

    int length(int number) {
        return starts[number + 1] - starts[number];
    }

    byte[] mask(int number) {
        return masks[number];
    }

    boolean isToken(int number) {
        return (kinds[number] & TOKEN) != 0;
    }

    boolean isWidened(int number) {
        return (kinds[number] & WIDEN) != 0;
    }

    boolean isAscii(int number) {
        return (kinds[number] & BEYOND_ASCII) == 0;
    }

    private void expect(int length) {
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
        }
    }

    /** Nothing of a value. */
    @Override
    public String toString() {
        return size + " patterns";
    }
}
