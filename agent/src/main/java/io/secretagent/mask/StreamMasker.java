package io.secretagent.mask;

import java.util.Arrays;

/**
 * Masks text that comes in pieces: the output is the same for every split of the input. What could still become part
 * of a match is held back, exactly: the longest suffix of the input that is a proper prefix of a pattern. (A matcher
 * that starts over after a mismatch instead of falling back lets {@code aab-secret} through when it is written as
 * {@code aa} and {@code ab-secret}.) Matches that overlap become one mask, called after the leftmost and longest.
 *
 * <p>Not safe for use by several threads.
 */
final class StreamMasker {
    /** From here on a beginning of a value gives away too much to be shown before the rest is known. */
    private static final int TELLING = 8;

    /** A character of base64 and two of padding. */
    private static final int WIDEST = 3;

    /** How many bytes are looked at one by one before the quick search is asked again. */
    private static final int NEAR = 32;

    private Automaton automaton;
    private int node = Automaton.ROOT;

    /** The input that is not yet output, and for each of its bytes the length and mask of the match starting there. */
    private byte[] held = new byte[64];

    private int[] matched = new int[64];
    private byte[][] masks = new byte[64][];
    private int heldCount;
    /** Where in the input the held bytes begin, and how far the last mask reaches. */
    private long heldFrom;

    private long maskedTo;
    /** The byte in front of the held ones. */
    private byte before;

    /** The match that ended with the last byte and may go on, and how many more bytes it can take; or zeroes. */
    private int widened;

    private int widenBy;
    private byte[] widenedMask = {};

    private boolean masked;
    private byte[] output = new byte[256];
    private int outputCount;

    StreamMasker(Automaton automaton) {
        this.automaton = automaton;
    }

    /** Goes on with an automaton that has all patterns of the current one. */
    void use(Automaton newer) {
        if (newer != automaton) {
            node = newer.nodeOf(automaton, node);
            automaton = newer;
        }
    }

    void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (heldCount == 0 && node == Automaton.ROOT && widenBy == 0) {
                int from = at;
                at = automaton.tiers().findOpen(bytes, at, end);
                at = automaton.findStart(bytes, at, Math.min(at + NEAR, end));
                pass(bytes, from, at - from);
            }
            if (at < end) {
                accept(bytes[at++]);
            }
        }
        release(heldCount - Math.min(heldCount, automaton.hold(node)));
    }

    /**
     * The input pauses: what is held goes out, as a mask where it is {@value #TELLING} bytes or more of a value. The
     * place in the value is kept, so that the rest of it is masked when it comes.
     */
    void pause() {
        endTokens((byte) 0);
        int hold = automaton.hold(node);
        if (hold >= TELLING) {
            match(hold, automaton.leading(node).mask());
        }
        release(heldCount);
    }

    /** The input ends: what is held goes out, for it has become part of no match. */
    void finish() {
        endTokens((byte) 0);
        release(heldCount);
        node = Automaton.ROOT;
        widenBy = 0;
    }

    /** Whether input is held back. */
    boolean holds() {
        return heldCount > 0;
    }

    /** Whether anything was masked so far. */
    boolean masked() {
        return masked;
    }

    int outputLength() {
        return outputCount;
    }

    /** The output since the last call. */
    byte[] takeOutput() {
        byte[] taken = Arrays.copyOf(output, outputCount);
        outputCount = 0;
        return taken;
    }

    private void accept(byte b) {
        endTokens(b);
        node = automaton.step(node, b);
        if (heldCount == held.length) {
            held = Arrays.copyOf(held, heldCount * 2);
            matched = Arrays.copyOf(matched, heldCount * 2);
            masks = Arrays.copyOf(masks, heldCount * 2);
        }
        matched[heldCount] = 0;
        held[heldCount++] = b;
        widen(b);
        for (int ending = automaton.ending(node); ending != Automaton.ROOT; ending = automaton.nextEnding(ending)) {
            Pattern pattern = automaton.pattern(ending);
            if (!pattern.token()) {
                match(pattern.length(), pattern.mask());
                if (pattern.widen() && widenBy < WIDEST) {
                    widened = pattern.length();
                    widenBy = WIDEST;
                    widenedMask = pattern.mask();
                }
            }
        }
        if (!automaton.holds(node)) {
            release(heldCount);
            node = Automaton.ROOT;
        }
    }

    /** Goes on with a match of base64: over one character that has bits of the value, and over padding. */
    private void widen(byte b) {
        if (widenBy > 0) {
            if (b == '=' || (widenBy == WIDEST && Ascii.isBase64(b))) {
                widened++;
                widenBy--;
                match(widened, widenedMask);
            } else {
                widenBy = 0;
            }
        }
    }

    /** Decides about the tokens that ended just before the byte {@code next}. */
    private void endTokens(byte next) {
        for (int ending = automaton.ending(node); ending != Automaton.ROOT; ending = automaton.nextEnding(ending)) {
            Pattern pattern = automaton.pattern(ending);
            if (pattern.token() && !Ascii.isWord(next) && !Ascii.isWord(inFrontOf(pattern.length()))) {
                match(pattern.length(), pattern.mask());
            }
        }
    }

    /** The byte in front of the last {@code length} ones; no word's if a pause let it go. */
    private byte inFrontOf(int length) {
        int start = heldCount - length;
        if (start > 0) {
            return held[start - 1];
        }
        return start == 0 ? before : 0;
    }

    /** The last {@code length} bytes are to be masked. */
    private void match(int length, byte[] mask) {
        int start = heldCount - length;
        if (start >= 0) {
            if (matched[start] < length) {
                matched[start] = length;
                masks[start] = mask;
            }
        } else if (heldFrom + start < maskedTo) {
            // A pause let the beginning go as a mask: that mask now reaches to here.
            maskedTo = heldFrom + heldCount;
        } else if (heldCount > 0) {
            matched[0] = heldCount;
            masks[0] = mask;
        }
    }

    /** Outputs the first {@code count} held bytes, masked where they are matched. */
    private void release(int count) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long position = heldFrom + i;
            if (matched[i] > 0) {
                if (position >= maskedTo) {
                    output(masks[i], 0, masks[i].length);
                    masked = true;
                }
                maskedTo = Math.max(maskedTo, position + matched[i]);
            }
            if (position >= maskedTo) {
                output(held, i, 1);
            }
        }
        before = held[count - 1];
        heldFrom += count;
        heldCount -= count;
        System.arraycopy(held, count, held, 0, heldCount);
        System.arraycopy(matched, count, matched, 0, heldCount);
        System.arraycopy(masks, count, masks, 0, heldCount);
    }

    /** Outputs bytes in which no pattern starts. */
    private void pass(byte[] bytes, int offset, int length) {
        if (length > 0) {
            output(bytes, offset, length);
            heldFrom += length;
            before = bytes[offset + length - 1];
        }
    }

    private void output(byte[] bytes, int offset, int length) {
        if (output.length - outputCount < length) {
            output = Arrays.copyOf(output, Math.max(output.length * 2, outputCount + length));
        }
        System.arraycopy(bytes, offset, output, outputCount, length);
        outputCount += length;
    }
}
