package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
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

    static void add(byte[] value, byte[] mask, List<Pattern> patterns) {
        for (int alignment = 0; alignment < 3; alignment++) {
            add(interior(value, alignment), mask, widens(value, alignment), patterns);
        }
    }

    /**
     * Adds pieces, of which one half at least of what is folded into lines has some in it, wherever the lines end and
     * whatever stands between them. Only of what is not the same in other values.
     */
    static void addPieces(String text, byte[] mask, List<Pattern> patterns) {
        for (String part : Fragments.of(text)) {
            byte[] value = part.getBytes(UTF_8);
            for (int alignment = 0; alignment < 3; alignment++) {
                String interior = interior(value, alignment);
                int length = Math.min(PIECE, interior.length() / 2);
                if (length >= SHORTEST_PIECE) {
                    int last = interior.length() - length;
                    for (int at = 0; at < last; at += length) {
                        add(interior.substring(at, at + length), mask, false, patterns);
                    }
                    add(interior.substring(last), mask, widens(value, alignment), patterns);
                }
            }
        }
    }

    private static void add(String interior, byte[] mask, boolean widen, List<Pattern> patterns) {
        patterns.add(new Pattern(interior.getBytes(ISO_8859_1), mask, false, widen));
        String forUrls = interior.replace('+', '-').replace('/', '_');
        if (!forUrls.equals(interior)) {
            patterns.add(new Pattern(forUrls.getBytes(ISO_8859_1), mask, false, widen));
        }
    }

    private static String interior(byte[] value, int alignment) {
        byte[] aligned = new byte[alignment + value.length];
        System.arraycopy(value, 0, aligned, alignment, value.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(aligned);
        return encoded.substring((8 * alignment + 5) / 6, 8 * aligned.length / 6);
    }

    private static boolean widens(byte[] value, int alignment) {
        return (alignment + value.length) % 3 != 0;
    }

    private Base64Interior() {}
}
