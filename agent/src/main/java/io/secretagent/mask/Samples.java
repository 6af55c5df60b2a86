package io.secretagent.mask;

import org.jspecify.annotations.Nullable;

/**
 * Finds where a pattern may start by looking at few places of a text. All patterns have {@code length} bytes or more,
 * so every occurrence holds a whole gram of {@code gram} bytes at one of any places that are {@code stride} apart. Only
 * these are looked at. Which places these are depends on nothing in the text, so that the processor can load several at
 * a time. Where there is a gram, a look at what is in front of it tells in most cases whether it is one by chance.
 *
 * <p>A character's gram is made of its low bytes, and so is that of a pattern when it is looked for in characters.
 */
final class Samples {
    /**
     * A long pattern's gram: with less of it the places are further apart, and with fewer than six bytes texts that have
     * nothing to do with a secret's have too many of its grams.
     */
    private static final int GRAM = 6;

    /** A longer stride gains nothing, and leaves more to look at closely at the end of each write. */
    private static final int LONGEST_LENGTH = 32;

    private final Grams grams;
    private final int gram;
    private final int stride;
    private final Grams beginnings;
    private final @Nullable Grams pieces;

    /**
     * @param patterns sorted
     * @param characters other patterns: the low bytes of characters
     * @param length that of the shortest to look for
     * @param end longer ones are not looked for
     * @param wholes texts of which all pieces are looked for that have {@code length} bytes
     * @param beginnings of patterns
     * @param pieces what begins the pieces of the texts, if there are any
     */
    Samples(
            PatternList patterns,
            PatternList characters,
            int length,
            int end,
            PatternList wholes,
            Grams beginnings,
            @Nullable Grams pieces) {
        this.beginnings = beginnings;
        this.pieces = pieces;
        gram = length >= 12 ? GRAM : Math.min(length, 4);
        stride = Math.min(length, LONGEST_LENGTH) - gram + 1;
        long[] all = new long[(patterns.size() + characters.size()) * stride + wholes.length()];
        int count = 0;
        int reach = stride + gram - 1;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            int before = -1;
            for (int i = 0; i < list.size(); i++) {
                int start = list.start(i);
                if (list.length(i) >= length && list.length(i) < end) {
                    // In most neighbours these are the same.
                    if (before < 0 || !areSame(list.bytes(), before, start, reach)) {
                        count = Grams.read(gram, list.bytes(), start, start + reach, all, count);
                    }
                    before = start;
                }
            }
        }
        count = Grams.read(gram, wholes, all, count);
        grams = new Grams(gram, all, count);
    }

    /**
     * The first place that is looked at and may have a pattern's gram, or is too near to the end to have one. No
     * pattern starts before {@link #start} of it.
     */
    int find(byte[] text, int from, int to) {
        int at = from + stride - 1;
        for (int last = to - Bytes.LOAD - 3 * stride; at <= last; at += 4 * stride) {
            long one = grams.look(Bytes.load(text, at));
            long two = grams.look(Bytes.load(text, at + stride));
            long three = grams.look(Bytes.load(text, at + 2 * stride));
            long four = grams.look(Bytes.load(text, at + 3 * stride));
            if (((one | two | three | four) & 1) != 0) {
                long hits = (one & 1) | (two & 1) << 1 | (three & 1) << 2 | (four & 1) << 3;
                for (; hits != 0; hits &= hits - 1) {
                    int hit = at + Long.numberOfTrailingZeros(hits) * stride;
                    if (isWithin(text, hit)) {
                        return hit;
                    }
                }
            }
        }
        while (at <= to - gram && !(grams.mayHave(text, at) && isWithin(text, at))) {
            at += stride;
        }
        return at;
    }

    /** Whether the gram there may be one within a piece, or behind the beginning of a pattern. */
    private boolean isWithin(byte[] text, int at) {
        return (pieces != null && pieces.mayHave(text, at)) || beginnings.mayHaveAny(text, start(at), at + 1);
    }

    /** Whether a place that {@link #find} gave has a gram, and is not too near to the end. */
    boolean hit(int at, int to) {
        return at <= to - gram;
    }

    int start(int at) {
        return at - stride + 1;
    }

    private static boolean areSame(byte[] bytes, int one, int other, int length) {
        int same = 0;
        while (same < length && bytes[one + same] == bytes[other + same]) {
            same++;
        }
        return same == length;
    }
}
