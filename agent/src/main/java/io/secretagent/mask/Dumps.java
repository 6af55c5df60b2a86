package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

/** A text as the numbers of its bytes or as its single characters. */
final class Dumps {

    static void add(String text, Set<String> variants) {
        byte[] bytes = text.getBytes(UTF_8);
        variants.add(hex(bytes, "", false));
        variants.add(hex(bytes, "", true));
        variants.add(hex(bytes, ":", false));
        variants.add(hex(bytes, ":", true));
        variants.add(characters(text));
        variants.add(decimals(bytes, 0xffffffff));
        variants.add(decimals(bytes, 0xff));
    }

    private static String hex(byte[] bytes, String between, boolean upper) {
        StringBuilder hex = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            if (!hex.isEmpty()) {
                hex.append(between);
            }
            Hex.append(hex, b, upper);
        }
        return hex.toString();
    }

    /** {@code Arrays.toString(char[])} without the brackets. */
    private static String characters(String text) {
        StringBuilder characters = new StringBuilder(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            characters.append(i == 0 ? "" : ", ").append(text.charAt(i));
        }
        return characters.toString();
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
