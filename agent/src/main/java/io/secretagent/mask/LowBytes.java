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
    private final byte[] utf8 = new byte[3 * Scan.LOOK];

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

    /** Where {@link #encode} puts bytes. */
    byte[] utf8() {
        return utf8;
    }

    /**
     * Puts the characters, of which {@value Scan#LOOK} have room, there in UTF-8 from {@code start} on, and a question
     * mark for half a pair of surrogates.
     *
     * @return the end of the bytes
     */
    int encode(CharSequence text, int from, int to, int start) {
        int end = start;
        for (int i = from; i < to; i++) {
            int c = text.charAt(i);
            if (Character.isSurrogate((char) c)) {
                c = '?';
                if (i + 1 < to && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    c = Character.toCodePoint(text.charAt(i), text.charAt(++i));
                }
            }
            if (c < 0x80) {
                utf8[end++] = (byte) c;
            } else {
                int shift = c < 0x800 ? 6 : c < 0x10000 ? 12 : 18;
                utf8[end++] = (byte) ((shift == 6 ? 0xc0 : shift == 12 ? 0xe0 : 0xf0) | (c >> shift));
                while (shift > 0) {
                    shift -= 6;
                    utf8[end++] = (byte) (0x80 | ((c >> shift) & 0x3f));
                }
            }
        }
        return end;
    }

    @SuppressWarnings("deprecation") // its successor came after 17
    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
