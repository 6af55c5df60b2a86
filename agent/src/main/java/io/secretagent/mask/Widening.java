package io.secretagent.mask;

/**
 * A match of base64 that ended with the last byte, and goes on over one character that has bits of the value, and over
 * padding.
 */
final class Widening {
    /** A character of base64 and two of padding. */
    private static final int WIDEST = 3;

    private final Held held;
    private int length;
    /** How many more bytes it can take; with none there is no such match. */
    private int left;

    private byte[] mask = {};

    Widening(Held held) {
        this.held = held;
    }

    /** The pattern ended with the last byte. */
    void start(Pattern pattern) {
        if (pattern.widen() && left < WIDEST) {
            length = pattern.length();
            left = WIDEST;
            mask = pattern.mask();
        }
    }

    boolean isOpen() {
        return left > 0;
    }

    void add(byte b) {
        if (left > 0) {
            if (b == '=' || (left == WIDEST && Ascii.isBase64(b))) {
                length++;
                left--;
                held.match(length, mask);
            } else {
                left = 0;
            }
        }
    }

    void end() {
        left = 0;
    }
}
