package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes as two digits each. By arrays, which cost little while the JVM still interprets. */
final class Hex {
    private static final byte[] LOWER = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(ISO_8859_1);

    static byte[] of(byte[] bytes, boolean upper) {
        return digits(bytes, 2, upper, new byte[2 * bytes.length]);
    }

    /** Each byte apart from the next, by a colon or a blank. */
    static byte[] separated(byte[] bytes, char separator, boolean upper) {
        byte[] hex = new byte[3 * bytes.length - 1];
        for (int i = 2; i < hex.length; i += 3) {
            hex[i] = (byte) separator;
        }
        return digits(bytes, 3, upper, hex);
    }

    /** Each character as JSON and Java write it by its number. */
    static byte[] unicode(String text, boolean upper) {
        byte[] digits = upper ? UPPER : LOWER;
        byte[] escaped = new byte[6 * text.length()];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped[at++] = '\\';
            escaped[at++] = 'u';
            escaped[at++] = digits[c >> 12];
            escaped[at++] = digits[(c >> 8) & 0xf];
            escaped[at++] = digits[(c >> 4) & 0xf];
            escaped[at++] = digits[c & 0xf];
        }
        return escaped;
    }

    /** Writes the two digits of the lowest eight bits. */
    static void put(int b, boolean upper, PatternList to) {
        byte[] digits = upper ? UPPER : LOWER;
        to.put(digits[(b >> 4) & 0xf]);
        to.put(digits[b & 0xf]);
    }

    private static byte[] digits(byte[] bytes, int step, boolean upper, byte[] hex) {
        byte[] digits = upper ? UPPER : LOWER;
        int at = 0;
        for (byte b : bytes) {
            hex[at] = digits[(b >> 4) & 0xf];
            hex[at + 1] = digits[b & 0xf];
            at += step;
        }
        return hex;
    }

    private Hex() {}
}
