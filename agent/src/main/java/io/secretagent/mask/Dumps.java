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
        if (text.beyond() || text.has('"') || text.has('\\')) {
            addEscaped(text.string(), ", ", to);
            addEscaped(text.string(), "\",\"", to);
        } else {
            to.add(quoted(bytes));
        }
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

    /** The array in JSON, for characters of which none is escaped. */
    private static byte[] quoted(byte[] ascii) {
        byte[] quoted = new byte[4 * ascii.length - 3];
        Arrays.fill(quoted, (byte) '"');
        for (int i = 0; i < ascii.length; i++) {
            quoted[4 * i] = ascii[i];
            if (i > 0) {
                quoted[4 * i - 2] = ',';
            }
        }
        return quoted;
    }

    /**
     * The characters as JSON escapes them. Half a surrogate pair has no encoding by itself: what is on both sides of a
     * pair is a pattern each.
     */
    private static void addEscaped(String text, String separator, PatternList to) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || Character.isSurrogate(text.charAt(i))) {
                if (i - from >= Variants.SHORTEST_WITHIN_A_WORD) {
                    addEscaped(text, from, i, separator, to);
                }
                from = i + 1;
            }
        }
    }

    private static void addEscaped(String text, int from, int end, String separator, PatternList to) {
        for (int i = from; i < end; i++) {
            if (i > from) {
                to.put(separator);
            }
            JsonEscapes.putPlain(text.charAt(i), to);
        }
        to.finish();
    }

    /** {@code Arrays.toString(byte[])} without the brackets, as it is or with the signs masked off, and as JSON has it. */
    private static void addDecimals(byte[] bytes, int bits, PatternList to) {
        byte[] java = new byte[6 * bytes.length];
        byte[] json = new byte[5 * bytes.length];
        int at = 0;
        int blanks = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                json[at - blanks] = ',';
                java[at++] = ',';
                java[at++] = ' ';
                blanks++;
            }
            int from = at;
            int number = bytes[i] & bits;
            if (number < 0) {
                java[at++] = '-';
                number = -number;
            }
            if (number >= 100) {
                java[at++] = (byte) ('0' + number / 100);
            }
            if (number >= 10) {
                java[at++] = (byte) ('0' + number / 10 % 10);
            }
            java[at++] = (byte) ('0' + number % 10);
            System.arraycopy(java, from, json, from - blanks, at - from);
        }
        to.add(java, 0, at, 0);
        to.add(json, 0, at - blanks, 0);
    }

    private Dumps() {}
}
