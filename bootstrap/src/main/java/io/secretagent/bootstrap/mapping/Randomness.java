package io.secretagent.bootstrap.mapping;

import static io.secretagent.bootstrap.mapping.Ascii.isAlphanumeric;
import static io.secretagent.bootstrap.mapping.Ascii.isDigit;
import static io.secretagent.bootstrap.mapping.Ascii.isLower;
import static io.secretagent.bootstrap.mapping.Ascii.isToken;
import static io.secretagent.bootstrap.mapping.Ascii.isUpper;

/** Tells generated text from names that people gave. */
final class Randomness {
    private static final int LONG_PIECE = 8;

    /** Whether the text has no words in it: mixed characters that change class all the time, or long hex. */
    static boolean looksRandom(String text) {
        int length = text.length();
        if (length < 20 || length > 4096) {
            return false;
        }
        int upper = 0;
        int lower = 0;
        int digits = 0;
        boolean hex = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!isToken(c) && c != '+' && c != '/' && c != '=') {
                return false;
            }
            upper += isUpper(c) ? 1 : 0;
            lower += isLower(c) ? 1 : 0;
            digits += isDigit(c) ? 1 : 0;
            hex &= isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        }
        if (hex) {
            return length >= 32 && digits > 0 && digits < length;
        }
        boolean mixed = upper > 0 && lower > 0 && digits > 0 && !isWords(text);
        int turns = turns(text);
        return mixed && (turns * 10 >= length * 3 || (length >= 32 && turns * 8 >= length && entropy(text) >= 4.5));
    }

    /** Those within long pieces: {@code db01/Team2A/S3} turns often, and is names. */
    private static int turns(String text) {
        int turns = 0;
        int piece = 0;
        int inPiece = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isAlphanumeric(text.charAt(i))) {
                inPiece += piece > 0 && turns(text.charAt(i - 1), text.charAt(i)) ? 1 : 0;
                piece++;
            } else {
                turns += piece >= LONG_PIECE ? inPiece : 0;
                piece = 0;
                inPiece = 0;
            }
        }
        return turns;
    }

    /** Whether every piece between separators is a word or a number, as in {@code shop/prod-2/DATABASE_PASSWORD}. */
    private static boolean isWords(String text) {
        for (int i = 1; i < text.length(); i++) {
            char before = text.charAt(i - 1);
            char c = text.charAt(i);
            boolean begins = i == 1 || !isAlphanumeric(text.charAt(i - 2));
            boolean capital = begins && isUpper(before) && isLower(c);
            boolean same = isUpper(before) == isUpper(c) && isDigit(before) == isDigit(c);
            if (isAlphanumeric(before) && isAlphanumeric(c) && !same && !capital) {
                return false;
            }
        }
        return true;
    }

    /** A new class of character, but for the capital that begins a word. */
    private static boolean turns(char before, char c) {
        return isAlphanumeric(before)
                && isAlphanumeric(c)
                && (isDigit(before) != isDigit(c) || (isLower(before) && isUpper(c)));
    }

    /** Bits a character. */
    private static double entropy(String text) {
        int[] counts = new int[128];
        for (int i = 0; i < text.length(); i++) {
            counts[text.charAt(i)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private Randomness() {}
}
