package io.secretagent.mask;

import java.util.Arrays;

/**
 * The input that is held back with the matches in it, and what is output. Matches that overlap become one mask,
 * called after the leftmost and longest.
 */
final class Held {
    /** The input that is not yet output, and for each of its bytes the length and mask of the match starting there. */
    private byte[] held = new byte[64];

    private int[] matched = new int[64];
    private byte[][] masks = new byte[64][];
    private int count;
    private final byte[] joint = new byte[2 * Windows.LENGTH];

    /** Where in the input the held bytes begin, how far the last mask reaches, and how far the last match. */
    private long from;

    private long maskedTo;
    private long matchedTo;
    /** The byte in front of the held ones. */
    private byte before;

    private boolean masked;
    private final Output output = new Output();

    void add(byte b) {
        if (count == held.length) {
            held = Arrays.copyOf(held, count * 2);
            matched = Arrays.copyOf(matched, count * 2);
            masks = Arrays.copyOf(masks, count * 2);
        }
        matched[count] = 0;
        held[count++] = b;
    }

    int count() {
        return count;
    }

    /** Up to {@value Windows#LENGTH} held bytes with as many of the next ones behind them; the same array each time. */
    byte[] joint(byte[] next, int offset, int length) {
        System.arraycopy(held, 0, joint, 0, count);
        System.arraycopy(next, offset, joint, count, length);
        return joint;
    }

    /** The byte in front of the last {@code length} ones; no word's if a pause let it go. */
    byte inFrontOf(int length) {
        int start = count - length;
        if (start > 0) {
            return held[start - 1];
        }
        return start == 0 ? before : 0;
    }

    /** The last {@code length} bytes are to be masked. */
    void match(int length, byte[] mask) {
        int start = count - length;
        if (start >= 0) {
            if (matched[start] < length) {
                matched[start] = length;
                masks[start] = mask;
            }
        } else if (maskedTo >= from) {
            // A pause let the beginning go as a mask, and nothing was shown since: that mask now reaches to here.
            maskedTo = from + count;
        } else if (count > 0) {
            matched[0] = count;
            masks[0] = mask;
        }
        matchedTo = from + count;
    }

    /** Whether no match reaches into the last {@code length} bytes. */
    boolean isClean(int length) {
        return matchedTo <= from + count - length;
    }

    /** Outputs the first {@code length} held bytes, masked where they are matched. */
    void release(int length) {
        if (length == 0) {
            return;
        }
        for (int i = 0; i < length; i++) {
            long position = from + i;
            if (matched[i] > 0) {
                if (position >= maskedTo) {
                    output.add(masks[i], 0, masks[i].length);
                    masked = true;
                }
                maskedTo = Math.max(maskedTo, position + matched[i]);
            }
            if (position >= maskedTo) {
                output.add(held, i, 1);
            }
        }
        before = held[length - 1];
        from += length;
        count -= length;
        System.arraycopy(held, length, held, 0, count);
        System.arraycopy(matched, length, matched, 0, count);
        System.arraycopy(masks, length, masks, 0, count);
    }

    /** Forgets all held bytes, which come again. */
    void forget() {
        count = 0;
    }

    /** Outputs bytes in which no pattern starts, while none are held. */
    void pass(byte[] bytes, int offset, int length) {
        if (length > 0) {
            output.pass(bytes, offset, length);
            from += length;
            before = bytes[offset + length - 1];
        }
    }

    /** Whether anything was masked so far. */
    boolean masked() {
        return masked;
    }

    Output output() {
        return output;
    }
}
