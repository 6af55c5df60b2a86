package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;

/** What masking means, written down as plainly as can be: at each place try each variant. */
final class NaiveMasking {

    /** Half a surrogate pair has no bytes: what is around it is masked on its own. */
    static String mask(String text, Collection<Pattern> variants) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (int end; from <= text.length(); from = end + 1) {
            end = Scan.loneSurrogate(text, from);
            masked.append(new String(mask(text.substring(from, end).getBytes(UTF_8), variants), UTF_8));
            if (end < text.length()) {
                masked.append(text.charAt(end));
            }
        }
        return masked.toString();
    }

    static byte[] mask(byte[] bytes, Collection<Pattern> variants) {
        String text = new String(bytes, ISO_8859_1);
        StringBuilder masked = new StringBuilder();
        int maskedTo = 0;
        for (int at = 0; at < text.length(); at++) {
            int matchedTo = at;
            String mask = "";
            int longest = 0;
            for (Pattern variant : variants) {
                int end = matchEnd(text, at, variant);
                matchedTo = Math.max(matchedTo, end);
                if (end > at && variant.length() > longest) {
                    longest = variant.length();
                    mask = new String(variant.mask(), ISO_8859_1);
                }
            }
            if (matchedTo > at) {
                if (at >= maskedTo) {
                    masked.append(mask);
                }
                maskedTo = Math.max(maskedTo, matchedTo);
            }
            if (at >= maskedTo) {
                masked.append(text.charAt(at));
            }
        }
        return masked.toString().getBytes(ISO_8859_1);
    }

    /** Where the mask ends, or 0 if the variant is not here. */
    private static int matchEnd(String text, int at, Pattern variant) {
        int end = at + variant.length();
        if (!text.startsWith(new String(variant.bytes(), ISO_8859_1), at)) {
            return 0;
        }
        if (variant.token()
                && ((at > 0 && isWord(text.charAt(at - 1))) || (end < text.length() && isWord(text.charAt(end))))) {
            return 0;
        }
        if (variant.widen()) {
            int widest = Math.min(text.length(), end + 3);
            if (end < widest && (isWord(text.charAt(end)) || "+/-_".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            while (end < widest && text.charAt(end) == '=') {
                end++;
            }
        }
        return end;
    }

    private static boolean isWord(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private NaiveMasking() {}
}
