package io.secretagent.mask;

/**
 * Finds where a pattern may start by looking at few places of a text. All patterns have {@code length} bytes or more,
 * so every occurrence holds a whole gram of {@code gram} bytes at one of any places that are {@code stride} apart. Only
 * these are looked at: in a Bloom filter, a gram's bits of which are in one word. Which
 * places these are depends on nothing in the text, so that the processor can load several at a time.
 *
 * <p>A character's gram is made of its low bytes, and so is that of a pattern when it is looked for in characters.
 */
final class Samples {
    /** A longer stride gains nothing, and leaves more to look at closely at the end of each write. */
    private static final int LONGEST_LENGTH = 32;

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /**
     * A long pattern's gram: with less of it the places are further apart, and with fewer than six bytes texts that have
     * nothing to do with a secret's have too many of its grams.
     */
    private static final int GRAM = 6;

    /** How many grams a word has at the most on average: with three bits each, any other gram's are in one of 280. */
    private static final int GRAMS_IN_A_WORD = 4;

    private final int gram;
    /** Leaves no trace of the bytes behind the gram. */
    private final long spread;

    private final int stride;
    private final long[] filter;
    private final int filterShift;

    /**
     * @param patterns sorted
     * @param characters other patterns: the low bytes of characters
     * @param length that of the shortest to look for
     * @param end longer ones are not looked for
     * @param wholes texts of which all pieces are looked for that have {@code length} bytes
     */
    Samples(PatternList patterns, PatternList characters, int length, int end, PatternList wholes) {
        gram = length >= 12 ? GRAM : Math.min(length, 4);
        spread = SPREAD << (8 * (Bytes.LOAD - gram));
        stride = Math.min(length, LONGEST_LENGTH) - gram + 1;
        long[] hashes = new long[(patterns.size() + characters.size()) * stride + wholes.length()];
        int count = 0;
        int reach = stride + gram - 1;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            int before = -1;
            for (int i = 0; i < list.size(); i++) {
                int start = list.start(i);
                if (list.length(i) >= length && list.length(i) < end) {
                    // In most neighbours these are the same.
                    if (before < 0 || !areSame(list.bytes(), before, start, reach)) {
                        count = addGrams(list.bytes(), start, start + reach, hashes, count);
                    }
                    before = start;
                }
            }
        }
        for (int i = 0; i < wholes.size(); i++) {
            count = addGrams(wholes.bytes(), wholes.start(i), wholes.end(i), hashes, count);
        }
        filterShift = Long.numberOfLeadingZeros(count / GRAMS_IN_A_WORD | 1);
        filter = new long[1 << (64 - filterShift)];
        for (int i = 0; i < count; i++) {
            long hash = hashes[i];
            filter[(int) (hash >>> filterShift)] |=
                    (1L << (hash >>> 34)) | (1L << (hash >>> 40)) | (1L << (hash >>> 28));
        }
    }

    /**
     * The first place that is looked at and has a pattern's gram by the filter, or is too near to the end to have one. No
     * pattern starts before {@link #start} of it.
     */
    int find(byte[] text, int from, int to) {
        int last = to - gram;
        int lastTurn = to - Bytes.LOAD - 3 * stride;
        int at = from + stride - 1;
        while (true) {
            if (at <= lastTurn) {
                long one = filtered(hash(Bytes.load(text, at)));
                long two = filtered(hash(Bytes.load(text, at + stride)));
                long three = filtered(hash(Bytes.load(text, at + 2 * stride)));
                long four = filtered(hash(Bytes.load(text, at + 3 * stride)));
                if (((one | two | three | four) & 1) == 0) {
                    at += 4 * stride;
                    continue;
                }
            }
            if (at > last || (filtered(hash(Bytes.load(text, at, gram))) & 1) != 0) {
                return at;
            }
            at += stride;
        }
    }

    /** Whether a place that {@link #find} gave has a gram, and is not too near to the end. */
    boolean hit(int at, int to) {
        return at <= to - gram;
    }

    int start(int at) {
        return at - stride + 1;
    }

    /** Byte by byte, which takes less than to load each gram while the JVM still interprets. */
    private int addGrams(byte[] bytes, int from, int to, long[] hashes, int count) {
        int added = count;
        int shift = 8 * (gram - 1);
        long key = 0;
        for (int at = from; at < to; at++) {
            key = key >>> 8 | (bytes[at] & 0xffL) << shift;
            if (at - from >= gram - 1) {
                hashes[added++] = hash(key);
            }
        }
        return added;
    }

    private static boolean areSame(byte[] bytes, int one, int other, int length) {
        int same = 0;
        while (same < length && bytes[one + same] == bytes[other + same]) {
            same++;
        }
        return same == length;
    }

    /** Whether the filter has all three bits: the last bit tells. */
    private long filtered(long hash) {
        long word = filter[(int) (hash >>> filterShift)];
        return (word >>> (hash >>> 34)) & (word >>> (hash >>> 40)) & (word >>> (hash >>> 28));
    }

    private long hash(long key) {
        return key * spread;
    }
}
