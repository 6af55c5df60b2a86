package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A text as the numbers of its bytes or as its single characters. */
final class Dumps {

    static void add(Text text, PatternList to) {
        byte[] bytes = text.bytes();
        to.add(Hex.of(bytes, false));
        to.add(Hex.of(bytes, true));
        to.add(Hex.separated(bytes, ':', false));
        to.add(Hex.separated(bytes, ':', true));
        to.add(Hex.separated(bytes, ' ', false));
        to.add(Hex.separated(bytes, ' ', true));
        to.add(
                bytes.length == text.string().length()
                        ? characters(bytes)
                        : characters(text.string()).getBytes(UTF_8));
        addDecimals(bytes, 0xffffffff, to);
        if (text.beyond()) { // else none is negative
            addDecimals(bytes, 0xff, to);
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

    /** The same for characters of ASCII. */
    private static byte[] characters(byte[] ascii) {
        byte[] characters = new byte[3 * ascii.length - 2];
        Arrays.fill(characters, (byte) ' ');
        for (int i = 0; i < ascii.length; i++) {
            characters[3 * i] = ascii[i];
            if (i > 0) {
                characters[3 * i - 2] = ',';
            }
        }
        return characters;
    }

    /** {@code Arrays.toString(byte[])} without the brackets, or with the signs masked off. */
    private static void addDecimals(byte[] bytes, int bits, PatternList to) {
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                to.put(", ");
            }
            int number = bytes[i] & bits;
            if (number < 0) {
                to.put('-');
                number = -number;
            }
            if (number >= 100) {
                to.put('0' + number / 100);
            }
            if (number >= 10) {
                to.put('0' + number / 10 % 10);
            }
            to.put('0' + number % 10);
        }
        to.finish();
    }

    private Dumps() {}
}
