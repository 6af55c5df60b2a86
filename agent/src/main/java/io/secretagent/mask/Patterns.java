package io.secretagent.mask;

import java.util.Arrays;
import java.util.List;

/**
 * All patterns, sorted by their bytes. Immutable. Those that begin with the same bytes are next to each other: a text is
 * followed byte by byte through ever smaller ranges of them, as through a trie of which nothing has to be kept.
 */
final class Patterns {
    /** No pattern begins there. */
    static final int NONE = -1;

    private static final int LONGEST_BEGINNING = 4;
    private static final int BITS_FOR_A_BEGINNING = 16;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final PatternList sorted;
    /** The first pattern of those that begin with each byte, and one behind the last. */
    private final int[] first = new int[257];
    /** How many bytes are looked at before patterns are: no pattern is shorter. */
    private final int beginning;

    /** A bit for each beginning by its hash. */
    private final long[] beginnings;

    private final int beginningsShift;
    /** Leaves no trace of the bytes behind a beginning. */
    private final long spread;

    /** @param parts the oldest first */
    Patterns(List<PatternList> parts) {
        sorted = Sorting.sorted(parts);
        int shortest = LONGEST_BEGINNING;
        for (int i = 0; i < sorted.size(); i++) {
            shortest = Math.min(shortest, sorted.length(i));
            first[(sorted.bytes()[sorted.start(i)] & 0xff) + 1] = i + 1;
        }
        for (int b = 1; b < first.length; b++) {
            first[b] = Math.max(first[b], first[b - 1]);
        }
        beginning = shortest;
        spread = SPREAD << (8 * (Bytes.LOAD - beginning));
        long[] hashes = new long[sorted.size()];
        int different = 0;
        for (int i = 0; i < hashes.length; i++) {
            long hash = Bytes.assembled(sorted.bytes(), sorted.start(i), beginning) * spread;
            if (different == 0 || hashes[different - 1] != hash) {
                hashes[different++] = hash;
            }
        }
        beginningsShift = Long.numberOfLeadingZeros((long) different * BITS_FOR_A_BEGINNING | Long.SIZE);
        beginnings = new long[1 << (64 - beginningsShift - 6)];
        for (int i = 0; i < different; i++) {
            long bit = hashes[i] >>> beginningsShift;
            beginnings[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    PatternList list() {
        return sorted;
    }

    /** Whether a pattern may begin with the bytes there; quick, and true for few others. */
    boolean mayBegin(byte[] text, int at, int to) {
        if (to - at < beginning) {
            return true;
        }
        long bit = (Bytes.load(text, at, beginning) * spread) >>> beginningsShift;
        return (beginnings[(int) (bit >>> 6)] >>> bit & 1) != 0;
    }

    /**
     * The pattern that begins at {@code from}: of several the one that masks most. {@link #NONE} if there is none, and a
     * lower number, of which {@link #open} makes a pattern, if only more of the text can tell.
     *
     * @param before the byte in front
     * @param ended whether nothing follows behind {@code to}
     */
    int at(byte[] text, int from, int to, int before, boolean ended) {
        int low = first[text[from] & 0xff];
        int high = first[(text[from] & 0xff) + 1];
        int depth = 1;
        int best = NONE;
        int bestEnd = 0;
        while (low < high) {
            int at = from + depth;
            int common = commonLength(low, high - 1, depth);
            int same = mismatch(text, at, Math.min(to, from + common), low, depth);
            if (depth + same < common) {
                return at + same == to && !ended ? unknown(best == NONE ? low : best) : best;
            }
            depth = common;
            at = from + depth;
            if (sorted.length(low) == depth) {
                if (sorted.isToken(low)) {
                    if (at == to && !ended) {
                        return unknown(low);
                    }
                    if (!Ascii.isWord(before) && !(at < to && Ascii.isWord(text[at]))) {
                        best = low;
                        bestEnd = at;
                    }
                } else {
                    int end = end(low, text, from, to);
                    if (end > bestEnd || (end == bestEnd && sorted.isWidened(low))) {
                        best = low;
                        bestEnd = end;
                    }
                }
                low++;
                if (low == high) {
                    return best;
                }
            }
            if (at == to) {
                return ended ? best : unknown(best == NONE ? low : best);
            }
            int b = text[at] & 0xff;
            low = firstFrom(b, low, high, depth);
            high = firstFrom(b + 1, low, high, depth);
            depth++;
        }
        return best;
    }

    /** A pattern that the text may go on as, of a number that {@link #at} gave. */
    static int open(int unknown) {
        return -2 - unknown;
    }

    private static int unknown(int pattern) {
        return -2 - pattern;
    }

    byte[] mask(int pattern) {
        return sorted.mask(pattern);
    }

    /** Where the mask of a pattern that begins at {@code from} ends, as far as the text goes. */
    int end(int pattern, byte[] text, int from, int to) {
        int end = from + sorted.length(pattern);
        return sorted.isWidened(pattern) ? end + Widening.length(text, end, to, Widening.WIDEST) : end;
    }

    /** How many more bytes the mask can take that ends with the text. */
    int wider(int pattern, int length) {
        return sorted.isWidened(pattern) ? Widening.WIDEST - (length - sorted.length(pattern)) : 0;
    }

    /** How many bytes two patterns have in common, which have {@code depth} at least. */
    private int commonLength(int one, int other, int depth) {
        if (one == other) {
            return sorted.length(one);
        }
        byte[] bytes = sorted.bytes();
        int start = sorted.start(other) + depth;
        return depth + mismatch(bytes, start, sorted.end(other), one, depth);
    }

    private int mismatch(byte[] text, int from, int to, int pattern, int depth) {
        byte[] bytes = sorted.bytes();
        int start = sorted.start(pattern) + depth;
        int end = Math.min(sorted.end(pattern), start + to - from);
        int same = Arrays.mismatch(text, from, Math.min(to, from + end - start), bytes, start, end);
        return same < 0 ? end - start : same;
    }

    /** The first pattern of the range in which the byte at {@code depth} is {@code b} or more. */
    private int firstFrom(int b, int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((sorted.bytes()[sorted.start(middle) + depth] & 0xff) < b) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
