package io.secretagent.mask;

import org.jspecify.annotations.Nullable;

/**
 * The input as far as it is decided where matches begin: how far it is output, and how far masked. Matches that overlap
 * become one mask, called after the leftmost and longest. Places are in a text that begins at {@code origin} of the input.
 */
final class Decided {
    private final Output output = new Output();
    /** How far the input is output. */
    private long shown;
    /** How far the last mask reaches, and how many bytes more it takes if they come next. */
    private long maskedTo;

    private int wider;
    private boolean masked;
    /** The masks that were put since they were last asked for; null for none. */
    private byte @Nullable [][] put;

    /** Puts a mask in the place of the range, or makes that longer which reaches into it. */
    void mask(byte[] text, long origin, int start, int end, byte[] mask) {
        if (origin + end > shown) {
            if (!isCovered(origin + start)) {
                show(text, origin, start);
                output.add(mask, 0, mask.length);
                masked = true;
                put = Told.with(put, mask);
            }
            maskedTo = Math.max(maskedTo, origin + end);
        }
    }

    /** If a pause let the beginning of a match go as a mask, and nothing was shown since, that mask goes on with it. */
    private boolean isCovered(long start) {
        return start < shown ? maskedTo >= shown : maskedTo > start;
    }

    /** Outputs what is not masked up to a place. */
    void show(byte[] text, long origin, int to) {
        if (origin + to > shown) {
            int start = (int) (Math.max(shown, maskedTo) - origin);
            if (start < to) {
                output.pass(text, start, to - start);
            }
            shown = origin + to;
        }
    }

    /** The mask that reaches to the end of the text may go on over that many bytes. */
    void mayWiden(int most) {
        wider = Math.max(wider, most);
    }

    /** Lets it do so, given the bytes that come next. */
    void widen(byte[] bytes, int at, int end) {
        if (wider > 0 && at < end) {
            int taken = Widening.length(bytes, at, end, wider);
            maskedTo += taken;
            wider = at + taken < end ? 0 : wider - taken;
        }
    }

    /** The input ended. */
    void end() {
        wider = 0;
    }

    /** How far in the input all is output. */
    long shown() {
        return shown;
    }

    /** How far in the input the last mask reaches. */
    long maskedTo() {
        return maskedTo;
    }

    /** Whether anything was masked. */
    boolean masked() {
        return masked;
    }

    /** The masks that were put since the last call, each once; null for none. */
    byte @Nullable [][] takeMasks() {
        byte[][] taken = put;
        put = null;
        return taken;
    }

    Output output() {
        return output;
    }
}
