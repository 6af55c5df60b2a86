package io.secretagent.mask;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Room for the low bytes of a text's characters, which are looked at in place of them: from an array eight are loaded
 * at once. Kept for the next text, so that clean text allocates nothing; by places instead of by thread, of which there
 * can be millions.
 */
final class LowBytes {
    /** How many characters are looked at in one go. */
    static final int BLOCK = 2048;

    private static final int PLACES = 32;
    private static final AtomicReferenceArray<LowBytes> FREE = new AtomicReferenceArray<>(PLACES);

    private final byte[] bytes = new byte[BLOCK];
    private final char[] characters = new char[BLOCK];

    /** One that nobody else has. */
    static LowBytes take() {
        LowBytes taken = FREE.getAndSet(place(), null);
        return taken == null ? new LowBytes() : taken;
    }

    void giveBack() {
        FREE.lazySet(place(), this);
    }

    /** The low bytes of up to {@value #BLOCK} characters. */
    @SuppressWarnings("deprecation") // the method drops the high bytes, which is what is wanted, and is an array's copy
    byte[] of(CharSequence text, int from, int to) {
        if (text instanceof String string) {
            string.getBytes(from, to, bytes, 0);
        } else if (text instanceof StringBuilder builder) {
            builder.getChars(from, to, characters, 0);
            for (int i = 0; i < to - from; i++) {
                bytes[i] = (byte) characters[i];
            }
        } else {
            for (int i = from; i < to; i++) {
                bytes[i - from] = (byte) text.charAt(i);
            }
        }
        return bytes;
    }

    @SuppressWarnings("deprecation") // its successor came after 17
    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
