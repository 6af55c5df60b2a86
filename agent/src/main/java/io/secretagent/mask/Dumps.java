package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;

/** A text as the numbers of its bytes or as its single characters. */
final class Dumps {

    static void add(String text, Set<String> variants) {
        byte[] bytes = text.getBytes(UTF_8);
        variants.add(Hex.of(bytes, false));
        variants.add(Hex.of(bytes, true));
        variants.add(Hex.separated(bytes, ':', false));
        variants.add(Hex.separated(bytes, ':', true));
        variants.add(Hex.separated(bytes, ' ', false));
        variants.add(Hex.separated(bytes, ' ', true));
        variants.add(characters(text));
        variants.add(decimals(bytes, 0xffffffff));
        if (bytes.length > text.length()) { // else none is negative
            variants.add(decimals(bytes, 0xff));
        }
    }

    /** {@code Arrays.toString(char[])} without the brackets. */
    private static String characters(String text) {
        char[] characters = new char[3 * text.length() - 2];
        Arrays.fill(characters, ' ');
        for (int i = 0; i < text.length(); i++) {
            characters[3 * i] = text.charAt(i);
            if (i > 0) {
                characters[3 * i - 2] = ',';
            }
        }
        return new String(characters);
    }

    /** {@code Arrays.toString(byte[])} without the brackets, or with the signs masked off. */
    private static String decimals(byte[] bytes, int bits) {
        StringBuilder decimals = new StringBuilder(bytes.length * 5);
        for (int i = 0; i < bytes.length; i++) {
            decimals.append(i == 0 ? "" : ", ").append(bytes[i] & bits);
        }
        return decimals.toString();
    }

    private Dumps() {}
}
