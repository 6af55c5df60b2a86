package io.secretagent.mask;

/** Kinds of ASCII characters; no other character is of any kind. */
final class Ascii {

    /** A letter or a digit. */
    static boolean isWord(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** A character of base64, standard or for URLs, without the padding. */
    static boolean isBase64(int c) {
        return isWord(c) || c == '+' || c == '/' || c == '-' || c == '_';
    }

    /** Whether the text has no others. */
    static boolean areAll(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private Ascii() {}
}
