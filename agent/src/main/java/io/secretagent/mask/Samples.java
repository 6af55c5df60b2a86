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
final class Samples extends Grams {
    /**
     * A long pattern's gram: with less of it the places are further apart, and with fewer than six bytes texts that have
     * nothing to do with a secret's have too many of its grams.
     */
    private static final int GRAM = 6;

    /** A longer stride gains nothing, and leaves more to look at closely at the end of each write. */
    private static final int LONGEST_LENGTH = 32;

    private final int stride;
    private final Grams beginnings;
    private final @Nullable Grams pieces;

    private Samples(int gram, int stride, long[] all, int count, Grams beginnings, @Nullable Grams pieces) {
        super(gram, all, count);
        this.stride = stride;
        this.beginnings = beginnings;
        this.pieces = pieces;
    }

    /**
     * For some of the patterns.
     *
     * @param patterns sorted
     * @param characters other patterns: the low bytes of characters
     * @param length that of the shortest to look for
     * @param end longer ones are not looked for
     * @param wholes texts of which all pieces are looked for that have {@code length} bytes
     * @param beginnings of patterns
     * @param pieces what begins the pieces of the texts, if there are any
     */
    static Samples of(
            PatternList patterns,
            PatternList characters,
            int length,
            int end,
            PatternList wholes,
            Grams beginnings,
            @Nullable Grams pieces) {
        int gram = length >= 12 ? GRAM : Math.min(length, 4);
        int reach = Math.min(length, LONGEST_LENGTH);
        int stride = reach - gram + 1;
        long[] all = new long[(patterns.size() + characters.size()) * stride + wholes.length()];
        int count = 0;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            int before = -1;
            for (int i = 0; i < list.size(); i++) {
                int start = list.start(i);
                if (list.length(i) >= length && list.length(i) < end) {
                    // In most neighbours these are the same.
                    if (before < 0 || !areSame(list.bytes(), before, start, reach)) {
                        count = read(gram, list.bytes(), start, start + reach, all, count);
                    }
                    before = start;
                }
            }
        }
        count = read(gram, wholes, all, count);
        return new Samples(gram, stride, all, count, beginnings, pieces);
    }

    /**
     * The first place that is looked at and may have a pattern's gram, or is too near to the end to have one. No
     * pattern starts before {@link #start(int, int, boolean)} of it.
     */
    int find(byte[] text, int from, int to) {
        int at = from + stride - 1;
        for (int last = to - Bytes.LOAD - 3 * stride; at <= last; at += 4 * stride) {
            long one = look(Bytes.load(text, at));
            long two = look(Bytes.load(text, at + stride));
            long three = look(Bytes.load(text, at + 2 * stride));
            long four = look(Bytes.load(text, at + 3 * stride));
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
        while (at <= to - length() && !(mayHave(text, at) && isWithin(text, at))) {
            at += stride;
        }
        return at;
    }

    /** Whether the gram there may be one within a piece, or behind the beginning of a pattern. */
    private boolean isWithin(byte[] text, int at) {
        return (pieces != null && pieces.mayHave(text, at)) || beginnings.mayHaveAny(text, start(at), at + 1);
    }

    /** Whether a place that {@link #find} gave has a gram, and is not too near to the end. */
    boolean isHit(int at, int to) {
        return at <= to - length();
    }

    /** In front of which no pattern starts, given what {@link #find} gave; of those that do not end there if it is open. */
    int start(int at, int to, boolean open) {
        return open || isHit(at, to) ? Math.min(start(at), to) : to;
    }

    private int start(int at) {
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
