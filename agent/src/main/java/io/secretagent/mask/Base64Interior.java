package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What every base64 text has in it that has the value in its bytes, wherever these begin and whatever surrounds them:
 * the characters of which all six bits are the value's, for each of the three alignments. Whole base64 texts of the
 * value, or pieces of them after cutting off the padding, would miss {@code user:password} and a newline at the end.
 *
 * <p>The character behind these has up to four more bits of the value, and is masked with them. The one in front of
 * them, with as many, is not: a stream would have to hold back every last character.
 */
final class Base64Interior {
    /** Text that is folded into lines is found by pieces of this length. */
    private static final int PIECE = 16;

    /** Nine bytes: shorter pieces could be a part of something else. */
    private static final int SHORTEST_PIECE = 12;

    private static final byte[] STANDARD =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(ISO_8859_1);
    private static final byte[] FOR_URLS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(ISO_8859_1);

    /** So many characters, all but the last two, are in both alphabets. */
    private static final int SAME = 62;

    static void add(byte[] value, PatternList to) {
        for (int alignment = 0; alignment < 3; alignment++) {
            byte[] interior = interior(value, alignment);
            add(interior, 0, interior.length, widens(value, alignment), to);
        }
    }

    /**
     * Adds pieces, of which one half at least of what is folded into lines has some in it, wherever the lines end and
     * whatever stands between them.
     *
     * @param parts what is not the same in other values
     */
    static void addPieces(List<String> parts, PatternList to) {
        for (String part : parts) {
            byte[] value = part.getBytes(UTF_8);
            for (int alignment = 0; alignment < 3; alignment++) {
                byte[] interior = interior(value, alignment);
                int length = Math.min(PIECE, interior.length / 2);
                if (length >= SHORTEST_PIECE) {
                    int last = interior.length - length;
                    for (int at = 0; at < last; at += length) {
                        add(interior, at, at + length, false, to);
                    }
                    add(interior, last, interior.length, widens(value, alignment), to);
                }
            }
        }
    }

    /** Adds a range of characters, which come as their six bits. */
    private static void add(byte[] interior, int from, int to, boolean widen, PatternList patterns) {
        int kind = widen ? PatternList.WIDEN : 0;
        byte[] characters = new byte[to - from];
        boolean same = true;
        for (int i = from; i < to; i++) {
            characters[i - from] = STANDARD[interior[i]];
            same &= interior[i] < SAME;
        }
        patterns.add(characters, 0, characters.length, kind);
        if (!same) {
            for (int i = from; i < to; i++) {
                characters[i - from] = FOR_URLS[interior[i]];
            }
            patterns.add(characters, 0, characters.length, kind);
        }
    }

    /** The characters as their six bits. */
    private static byte[] interior(byte[] value, int alignment) {
        int first = (8 * alignment + 5) / 6;
        byte[] interior = new byte[8 * (alignment + value.length) / 6 - first];
        int bit = 6 * first - 8 * alignment;
        for (int i = 0; i < interior.length; i++) {
            int at = bit >> 3;
            int two = value[at] << 8 | (at + 1 < value.length ? value[at + 1] & 0xff : 0);
            interior[i] = (byte) (two >> (10 - (bit & 7)) & 0x3f);
            bit += 6;
        }
        return interior;
    }

    private static boolean widens(byte[] value, int alignment) {
        return (alignment + value.length) % 3 != 0;
    }

    private Base64Interior() {}
}
