package io.secretagent.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

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

    /**
     * Loads of eight bytes at once: an array's bytes one by one take longer than the rest of the search. The handles are
     * only made when there is something to mask.
     */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /**
     * A long pattern's gram: with less of it the places are further apart, and with fewer than six bytes texts that have
     * nothing to do with a secret's have too many of its grams.
     */
    private static final int GRAM = 6;

    /** How many bytes a look loads, be the gram shorter. */
    private static final int LOAD = 8;

    /** The most of a word's bits that are set on average: two of any are in one word of 256. */
    private static final int FULL = 4;

    private final int gram;
    /** Leaves no trace of the bytes behind the gram. */
    private final long spread;

    private final int stride;
    private final long[] filter;
    private final int filterShift;

    /**
     * @param texts the patterns' bytes and, where those differ, the low bytes of their characters
     * @param wholes texts of which all pieces are looked for that have {@code length} bytes
     * @param length that of the shortest
     */
    Samples(List<byte[]> texts, List<byte[]> wholes, int length) {
        gram = length >= 12 ? GRAM : Math.min(length, 4);
        spread = SPREAD << (8 * (LOAD - gram));
        stride = Math.min(length, LONGEST_LENGTH) - gram + 1;
        long grams = (long) texts.size() * stride;
        for (byte[] whole : wholes) {
            grams += whole.length;
        }
        int shift = Long.numberOfLeadingZeros(grams | 2) + 1;
        long[] words = new long[1 << (64 - shift)];
        for (byte[] text : texts) {
            for (int i = 0; i < stride; i++) {
                add(hash(load(text, i)), words, shift);
            }
        }
        for (byte[] whole : wholes) {
            for (int i = 0; i <= whole.length - gram; i++) {
                add(hash(load(whole, i)), words, shift);
            }
        }
        // Most grams are in many variants: there are fewer than were added.
        while (words.length > 2 && isSparse(words)) {
            words = half(words);
            shift++;
        }
        filter = words;
        filterShift = shift;
    }

    /**
     * The first place that is looked at and has a pattern's gram by the filter, or is too near to the end to have one. No pattern
     * starts before {@link #start} of it.
     */
    int find(byte[] text, int from, int to) {
        int last = to - gram;
        int lastTurn = to - LOAD - 3 * stride;
        int at = from + stride - 1;
        while (true) {
            if (at <= lastTurn) {
                long one = filtered(hash((long) LONG.get(text, at)));
                long two = filtered(hash((long) LONG.get(text, at + stride)));
                long three = filtered(hash((long) LONG.get(text, at + 2 * stride)));
                long four = filtered(hash((long) LONG.get(text, at + 3 * stride)));
                if (((one | two | three | four) & 1) == 0) {
                    at += 4 * stride;
                    continue;
                }
            }
            if (at > last || contains(load(text, at))) {
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

    private boolean contains(long key) {
        return (filtered(hash(key)) & 1) != 0;
    }

    private static void add(long hash, long[] words, int shift) {
        words[(int) (hash >>> shift)] |= (1L << (hash >>> 34)) | (1L << (hash >>> 40));
    }

    /** Whether half of them would do. */
    private static boolean isSparse(long[] words) {
        long set = 0;
        for (long word : words) {
            set += Long.bitCount(word);
        }
        return 2 * set <= (long) FULL * words.length;
    }

    private static long[] half(long[] words) {
        long[] half = new long[words.length / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = words[2 * i] | words[2 * i + 1];
        }
        return half;
    }

    /** Whether the filter has both bits: the last bit tells. */
    private long filtered(long hash) {
        long word = filter[(int) (hash >>> filterShift)];
        return (word >>> (hash >>> 34)) & (word >>> (hash >>> 40));
    }

    private long hash(long key) {
        return key * spread;
    }

    private long load(byte[] text, int at) {
        if (at <= text.length - LOAD) {
            return (long) LONG.get(text, at);
        }
        long key = 0;
        for (int i = 0; i < gram; i++) {
            key |= (text[at + i] & 0xffL) << (8 * i);
        }
        return key;
    }
}
