package io.secretagent.mask;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes on their way out. A long clean range is not copied but lent by who wrote it, whose it is again when it has gone
 * out: so that has to be before the write returns.
 */
final class Output {
    /** Memory beyond that is given back after use. */
    private static final int LARGE = 1 << 17;

    private static final int LEAST = 256;

    /** Ranges of more are lent, if there is nothing in front of them: what is shorter is one write of a pipe. */
    private static final int LENT = 4096;

    /** Ranges of more are lent anyway: a write of its own for what is in front of them costs less than to copy them. */
    private static final int LENT_BEHIND = 1 << 15;

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int count;
    /** The array that may be lent. */
    private byte[] lender = NONE;

    private byte[] lent = NONE;
    private int lentOffset;
    private int lentLength;
    /** How many bytes are in front of the lent ones. */
    private int front;

    void add(byte[] range, int offset, int length) {
        expect(length);
        System.arraycopy(range, offset, bytes, count, length);
        count += length;
    }

    /** Ranges of this array may be lent from now on, and of no other. */
    void mayLend(byte[] array) {
        lender = array;
    }

    /** As {@link #add}, but the range may be lent. */
    void pass(byte[] range, int offset, int length) {
        if (range == lender && lentLength == 0 && length > (count == 0 ? LENT : LENT_BEHIND)) {
            lent = range;
            lentOffset = offset;
            lentLength = length;
            front = count;
        } else {
            add(range, offset, length);
        }
    }

    int length() {
        return count + lentLength;
    }

    /** Whether there is what must go out before who wrote it goes on. */
    boolean lends() {
        return lentLength > 0;
    }

    /** Makes room for that much at once. */
    void expect(int length) {
        if (bytes.length - count < length) {
            bytes = Arrays.copyOf(bytes, Math.max(LEAST, Math.max(bytes.length * 2, count + length)));
        }
    }

    /** All since the last call. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length());
        if (lentLength > 0) {
            System.arraycopy(bytes, front, taken, front + lentLength, count - front);
            System.arraycopy(lent, lentOffset, taken, front, lentLength);
        }
        clear();
        return taken;
    }

    /** Writes all since the last call. It counts as written if that fails: nobody can tell how far it came. */
    void writeTo(OutputStream out) throws IOException {
        byte[] written = bytes;
        int length = count;
        byte[] middle = lent;
        int middleLength = lentLength;
        int begin = middleLength > 0 ? front : 0;
        clear();
        if (written.length > LARGE) {
            bytes = NONE;
        }
        if (middleLength > 0) {
            if (begin > 0) {
                out.write(written, 0, begin);
            }
            out.write(middle, lentOffset, middleLength);
        }
        if (length > begin) {
            out.write(written, begin, length - begin);
        }
    }

    /** Gives back what is lent: if it has not gone out, it never does. */
    void giveBack() {
        lender = NONE;
        lent = NONE;
        lentLength = 0;
    }

    private void clear() {
        count = 0;
        giveBack();
    }
}
