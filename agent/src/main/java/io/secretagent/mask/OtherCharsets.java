package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;

/** A text in the bytes of a sink whose charset is not UTF-8, with a mask of the same charset. */
final class OtherCharsets {

    /**
     * Adds both UTF-16 encodings. Where all characters are of Latin-1 these differ by the zero at the one or the other
     * end: without it one pattern is both, and since its mask lacks the same zero, what follows stays aligned.
     */
    static void addUtf16(String text, String mask, PatternList to) {
        if (isLatin1(text) && isLatin1(mask) && !mask.isEmpty()) {
            to.add(zeroesBetween(text), zeroesBetween(mask));
        } else {
            to.add(text.getBytes(UTF_16LE), mask.getBytes(UTF_16LE));
            to.add(text.getBytes(UTF_16BE), mask.getBytes(UTF_16BE));
        }
    }

    /** Adds what is written with a question mark for each character that the charset lacks. */
    static void addNarrow(String text, String mask, PatternList to) {
        if (!Ascii.areAll(text)) {
            for (Charset charset : new Charset[] {ISO_8859_1, Charset.forName("windows-1252"), US_ASCII}) {
                byte[] bytes = text.getBytes(charset);
                if (known(bytes) >= Variants.SHORTEST_WITHIN_A_WORD) {
                    to.add(bytes, mask.getBytes(charset));
                }
            }
        }
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static byte[] zeroesBetween(String text) {
        byte[] narrow = text.getBytes(ISO_8859_1);
        byte[] wide = new byte[2 * narrow.length - 1];
        for (int i = 0; i < narrow.length; i++) {
            wide[2 * i] = narrow[i];
        }
        return wide;
    }

    private static int known(byte[] bytes) {
        int known = 0;
        for (byte b : bytes) {
            known += b == '?' ? 0 : 1;
        }
        return known;
    }

    private OtherCharsets() {}
}
