package io.secretagent.mask;

import java.util.Collection;

/** What masking means, written down as plainly as can be: at each place try each value. */
final class NaiveMasking {

    static String mask(String text, Collection<String> values, String mask) {
        StringBuilder masked = new StringBuilder();
        int maskedTo = 0;
        for (int at = 0; at < text.length(); at++) {
            int longest = longestAt(text, at, values);
            if (longest > 0) {
                if (at >= maskedTo) {
                    masked.append(mask);
                }
                maskedTo = Math.max(maskedTo, at + longest);
            }
            if (at >= maskedTo) {
                masked.append(text.charAt(at));
            }
        }
        return masked.toString();
    }

    private static int longestAt(String text, int at, Collection<String> values) {
        int longest = 0;
        for (String value : values) {
            int end = at + value.length();
            if (text.startsWith(value, at)) {
                boolean within =
                        (at > 0 && isWord(text.charAt(at - 1))) || (end < text.length() && isWord(text.charAt(end)));
                if (value.codePointCount(0, value.length()) >= 8 || !within) {
                    longest = Math.max(longest, value.length());
                }
            }
        }
        return longest;
    }

    private static boolean isWord(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private NaiveMasking() {}
}
