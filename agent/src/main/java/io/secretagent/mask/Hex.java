package io.secretagent.mask;

/** Bytes as two digits each. */
final class Hex {
    private static final String LOWER = "0123456789abcdef";
    private static final String UPPER = "0123456789ABCDEF";

    /** Appends the two digits of the lowest eight bits. */
    static void append(StringBuilder to, int b, boolean upper) {
        String digits = upper ? UPPER : LOWER;
        to.append(digits.charAt((b >> 4) & 0xf)).append(digits.charAt(b & 0xf));
    }

    private Hex() {}
}
