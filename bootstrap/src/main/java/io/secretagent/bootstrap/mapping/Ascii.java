package io.secretagent.bootstrap.mapping;

/** Classes of characters; ASCII only, as all of the mapping's grammar is. */
final class Ascii {

    /** Letters, digits, {@code - _}: what tokens are made of. */
    static boolean isToken(char c) {
        return isAlphanumeric(c) || c == '-' || c == '_';
    }

    static boolean isAlphanumeric(char c) {
        return isUpper(c) || isLower(c) || isDigit(c);
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Ascii() {}
}
