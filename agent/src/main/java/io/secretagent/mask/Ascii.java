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

    private Ascii() {}
}
