package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What masking means, written down as plainly as can be: at each place try each variant. */
final class NaiveMasking {

    /** The variants of a value and all pieces of its parts. */
    static List<Pattern> patterns(String value, String mask) {
        List<Pattern> patterns = Pattern.variants(value, mask);
        for (String part : Fragments.of(value)) {
            addPieces(part, mask.getBytes(UTF_8), patterns);
        }
        return patterns;
    }

    /** The shortest runs of whole characters that have sixteen bytes, from each character on and up to each. */
    private static void addPieces(String part, byte[] mask, List<Pattern> patterns) {
        for (int from = 0; from < part.length(); from++) {
            int to = from;
            while (to < part.length() && (bytes(part, from, to) < 16 || !isWhole(part, to))) {
                to++;
            }
            addPiece(part, from, to, mask, patterns);
        }
        for (int to = part.length(); to > 0; to--) {
            int from = to;
            while (from > 0 && (bytes(part, from, to) < 16 || !isWhole(part, from))) {
                from--;
            }
            addPiece(part, from, to, mask, patterns);
        }
    }

    private static void addPiece(String part, int from, int to, byte[] mask, List<Pattern> patterns) {
        byte[] piece = part.substring(from, to).getBytes(UTF_8);
        if (isWhole(part, from) && isWhole(part, to) && piece.length >= 16 && distinct(piece) >= 4) {
            patterns.add(new Pattern(piece, mask, false, false));
        }
    }

    private static int bytes(String part, int from, int to) {
        return part.substring(from, to).getBytes(UTF_8).length;
    }

    private static boolean isWhole(String text, int at) {
        return at == text.length() || !Character.isLowSurrogate(text.charAt(at));
    }

    private static int distinct(byte[] piece) {
        Set<Byte> distinct = new HashSet<>();
        for (byte b : Arrays.copyOf(piece, 16)) {
            distinct.add(b);
        }
        return distinct.size();
    }

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
