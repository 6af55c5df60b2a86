package io.secretagent.mask;

/** A mask of base64 goes on over one character that has bits of the value, and over padding. */
final class Widening {
    /** A character of base64 and two of padding. */
    static final int WIDEST = 3;

    /** How many of the bytes the mask takes that can take so many. */
    static int length(byte[] text, int from, int to, int most) {
        int at = from;
        int end = Math.min(to, from + most);
        if (most == WIDEST && at < end && Ascii.isBase64(text[at])) {
            at++;
        }
        while (at < end && text[at] == '=') {
            at++;
        }
        return at - from;
    }

    private Widening() {}
}
