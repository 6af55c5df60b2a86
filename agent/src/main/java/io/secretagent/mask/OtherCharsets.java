package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.List;

/** A text in the bytes of a sink whose charset is not UTF-8, with a mask of the same charset. */
final class OtherCharsets {
    private static final Charset[] NARROW = {ISO_8859_1, Charset.forName("windows-1252"), US_ASCII};

    /**
     * Adds both UTF-16 encodings. Where all characters are of Latin-1 these differ by the zero at the one or the other
     * end: without it one pattern is both, and since its mask lacks the same zero, what follows stays aligned.
     */
    static void addUtf16(String text, String mask, List<Pattern> patterns) {
        if (isWithin(text, 0xff) && isWithin(mask, 0xff) && !mask.isEmpty()) {
            patterns.add(new Pattern(zeroesBetween(text), zeroesBetween(mask), false, false));
        } else {
            patterns.add(new Pattern(text.getBytes(UTF_16LE), mask.getBytes(UTF_16LE), false, false));
            patterns.add(new Pattern(text.getBytes(UTF_16BE), mask.getBytes(UTF_16BE), false, false));
        }
    }

    /** Adds what is written with a question mark for each character that the charset lacks. */
    static void addNarrow(String text, String mask, List<Pattern> patterns) {
        if (!isWithin(text, 0x7f)) {
            for (Charset charset : NARROW) {
                byte[] bytes = text.getBytes(charset);
                if (known(bytes) >= Variants.SHORTEST_WITHIN_A_WORD) {
                    patterns.add(new Pattern(bytes, mask.getBytes(charset), false, false));
                }
            }
        }
    }

    private static boolean isWithin(String text, int highest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > highest) {
                return false;
            }
        }
        return true;
    }

    private static byte[] zeroesBetween(String text) {
        byte[] wide = new byte[2 * text.length() - 1];
        for (int i = 0; i < text.length(); i++) {
            wide[2 * i] = (byte) text.charAt(i);
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
