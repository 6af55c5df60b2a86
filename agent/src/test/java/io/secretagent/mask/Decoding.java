package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Looks for a value in a log as a reader would who wants it: by decoding what is there, twice over, without a look at
 * how it may have been encoded. Knows nothing of {@link Variants}.
 */
final class Decoding {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}[:]?){6,}");
    private static final Pattern DECIMALS = Pattern.compile("-?\\d{1,3}(?:, ?-?\\d{1,3}){5,}");
    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|.)", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(\\w{2,8}));");

    private static final List<Function<String, String>> DECODERS = List.of(
            Decoding::base64,
            Decoding::hex,
            Decoding::decimals,
            Decoding::utf16,
            text -> text.replace(", ", ""),
            text -> text.replace("\",\"", ""),
            Decoding::percent,
            text -> percent(text.replace('+', ' ')),
            Decoding::json,
            Decoding::entities,
            text -> text.replaceAll("(?s)\\\\(.)", "$1"),
            text -> text.replace("'\\''", "'").replace("'\"'\"'", "'"));

    /** Whether the value can be had, at least without its first and last character. */
    static boolean finds(String value, byte[] log) {
        String inner = value.substring(1, value.length() - 1);
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(utf8(inner));
        wanted.add(inner);
        Set<String> level = Set.of(new String(log, ISO_8859_1));
        for (int depth = 0; depth <= 2; depth++) {
            Set<String> next = new LinkedHashSet<>();
            for (String text : level) {
                for (String each : wanted) {
                    if (text.contains(each)) {
                        return true;
                    }
                }
                for (Function<String, String> decoder : DECODERS) {
                    String decoded = decoder.apply(text);
                    if (!decoded.equals(text)) {
                        next.add(decoded);
                    }
                }
            }
            level = next;
        }
        return false;
    }

    /** The bytes in UTF-8, each as a character: as all texts here are. */
    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static String base64(String text) {
        StringBuilder decoded = new StringBuilder();
        for (String unfolded : List.of(text, text.replaceAll("[\\r\\n]", ""))) {
            for (MatchResult run :
                    (Iterable<MatchResult>) BASE64.matcher(unfolded).results()::iterator) {
                String standard = run.group().replace('-', '+').replace('_', '/');
                for (int from = 0; from < 4; from++) {
                    int length = (standard.length() - from) / 4 * 4;
                    int rest = (standard.length() - from) % 4;
                    int end = from + length + (rest > 1 ? rest : 0);
                    decoded.append(new String(Base64.getDecoder().decode(standard.substring(from, end)), ISO_8859_1))
                            .append('\n');
                }
            }
        }
        return decoded.toString();
    }

    private static String hex(String text) {
        StringBuilder decoded = new StringBuilder();
        for (MatchResult run : (Iterable<MatchResult>) HEX.matcher(text).results()::iterator) {
            String digits = run.group().replace(":", "");
            for (int from = 0; from < 2; from++) {
                int end = from + (digits.length() - from) / 2 * 2;
                decoded.append(new String(HexFormat.of().parseHex(digits, from, end), ISO_8859_1))
                        .append('\n');
            }
        }
        return decoded.toString();
    }

    private static String decimals(String text) {
        StringBuilder decoded = new StringBuilder();
        for (MatchResult run : (Iterable<MatchResult>) DECIMALS.matcher(text).results()::iterator) {
            for (String number : run.group().split(", ?", -1)) {
                decoded.append((char) (Integer.parseInt(number) & 0xff));
            }
            decoded.append('\n');
        }
        return decoded.toString();
    }

    private static String utf16(String text) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder();
        for (int from = 0; from < 2 && from < text.length(); from++) {
            byte[] bytes = text.substring(from).getBytes(ISO_8859_1);
            decoded.append(utf8(new String(bytes, UTF_16LE))).append('\n');
            decoded.append(utf8(new String(bytes, UTF_16BE))).append('\n');
        }
        return decoded.toString();
    }

    private static String percent(String text) {
        return PERCENT.matcher(text).replaceAll(hit -> quote((char) Integer.parseInt(hit.group(1), 16) + ""));
    }

    private static String json(String text) {
        return ESCAPE.matcher(text).replaceAll(hit -> {
            String escape = hit.group(1);
            return quote(
                    switch (escape.charAt(0)) {
                        case 'u' ->
                            escape.length() == 1 ? "u" : utf8((char) Integer.parseInt(escape.substring(1), 16) + "");
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't' -> "\t";
                        default -> escape;
                    });
        });
    }

    private static String entities(String text) {
        return ENTITY.matcher(text).replaceAll(hit -> {
            if (hit.group(1) != null) {
                return quote(utf8(Character.toString(Integer.parseInt(hit.group(1)) % 0x10ffff)));
            }
            if (hit.group(2) != null) {
                return quote(utf8(Character.toString(Integer.parseInt(hit.group(2), 16) % 0x10ffff)));
            }
            return quote(
                    switch (hit.group(3)) {
                        case "amp" -> "&";
                        case "lt" -> "<";
                        case "gt" -> ">";
                        case "quot" -> "\"";
                        case "apos" -> "'";
                        default -> hit.group();
                    });
        });
    }

    private static String quote(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }

    private Decoding() {}
}
