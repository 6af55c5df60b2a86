package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** How programs write text into logs, by their own encoders where the JDK has them. */
enum Encoding {
    RAW,
    UTF_16_LITTLE,
    UTF_16_BIG,
    LATIN_1,
    JSON,
    JSON_ASCII,
    JSON_ASCII_UPPER,
    JSON_SLASH,
    JSON_GSON,
    JSON_BY_NUMBER,
    JSON_TWICE,
    XML,
    HTML,
    HTML_PADDED,
    HTML_DECIMAL,
    HTML_HEX,
    FORM,
    FORM_LOWER,
    COMPONENT,
    RFC_3986,
    PROPERTIES,
    SHELL,
    SHELL_ASH,
    SHELL_ANSI,
    QUOTEMETA,
    REPLACEMENT,
    BASE64,
    BASE64_UNPADDED,
    BASE64_URL,
    BASE64_MIME,
    BASE64_PEM,
    HEX,
    HEX_UPPER,
    HEX_COLON,
    CHARACTERS,
    CHARACTERS_IN_JSON,
    CHARACTERS_OF_JSON,
    DECIMALS,
    DECIMALS_OF_JSON;

    /** Whether lines end within a value. */
    boolean isFolded() {
        return this == BASE64_MIME || this == BASE64_PEM;
    }

    byte[] encode(String text) {
        return switch (this) {
            case UTF_16_LITTLE -> text.getBytes(UTF_16LE);
            case UTF_16_BIG -> text.getBytes(UTF_16BE);
            case LATIN_1 -> text.getBytes(ISO_8859_1);
            default -> encodeText(text).getBytes(UTF_8);
        };
    }

    private String encodeText(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return switch (this) {
            case RAW, UTF_16_LITTLE, UTF_16_BIG, LATIN_1 -> text;
            case JSON -> json(text, "", false, false);
            case JSON_ASCII -> json(text, "", true, false);
            case JSON_ASCII_UPPER -> json(text, "", true, true);
            case JSON_SLASH -> json(text, "", false, false).replace("/", "\\/");
            case JSON_GSON -> json(text, "<>&='", false, false);
            case JSON_BY_NUMBER ->
                text.chars().mapToObj(c -> String.format("\\u%04x", c)).reduce("", String::concat);
            case JSON_TWICE -> json(json(text, "", false, false), "", false, false);
            case XML -> html(text, "&quot;", "&apos;");
            case HTML -> html(text, "&quot;", "&#39;");
            case HTML_PADDED -> html(text, "&#034;", "&#039;");
            case HTML_DECIMAL -> entities(text, "&#%d;");
            case HTML_HEX -> entities(text, "&#x%x;");
            case FORM -> URLEncoder.encode(text, UTF_8);
            case FORM_LOWER -> lower(URLEncoder.encode(text, UTF_8));
            case COMPONENT ->
                URLEncoder.encode(text, UTF_8)
                        .replace("+", "%20")
                        .replace("%21", "!")
                        .replace("%27", "'")
                        .replace("%28", "(")
                        .replace("%29", ")")
                        .replace("%7E", "~");
            case RFC_3986 ->
                URLEncoder.encode(text, UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
            case PROPERTIES -> properties(text);
            case SHELL -> "'" + text.replace("'", "'\\''") + "'";
            case SHELL_ASH -> "'" + text.replace("'", "'\"'\"'") + "'";
            case SHELL_ANSI ->
                "$'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
            case QUOTEMETA -> text.replaceAll("([\\p{Punct} &&[^_]])", "\\\\$1");
            case REPLACEMENT -> Matcher.quoteReplacement(text);
            case BASE64 -> Base64.getEncoder().encodeToString(utf8);
            case BASE64_UNPADDED -> Base64.getEncoder().withoutPadding().encodeToString(utf8);
            case BASE64_URL -> Base64.getUrlEncoder().encodeToString(utf8);
            case BASE64_MIME -> Base64.getMimeEncoder().encodeToString(utf8);
            case BASE64_PEM -> Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(utf8);
            case HEX -> HexFormat.of().formatHex(utf8);
            case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(utf8);
            case HEX_COLON -> HexFormat.ofDelimiter(":").formatHex(utf8);
            case CHARACTERS -> Arrays.toString(text.toCharArray());
            case CHARACTERS_IN_JSON -> json(Arrays.toString(text.toCharArray()), "", false, false);
            case CHARACTERS_OF_JSON ->
                text.chars()
                        .mapToObj(c -> json(Character.toString(c), "", false, false))
                        .collect(Collectors.joining("\",\"", "[\"", "\"]"));
            case DECIMALS -> Arrays.toString(utf8);
            case DECIMALS_OF_JSON -> Arrays.toString(utf8).replace(" ", "");
        };
    }

    private static String json(String text, String byNumber, boolean ascii, boolean upper) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (c < ' ' || byNumber.indexOf(c) >= 0 || (ascii && c > '~')) {
                json.append(String.format(upper ? "\\u%04X" : "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static String html(String text, String quote, String apostrophe) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", quote)
                .replace("'", apostrophe);
    }

    private static String entities(String text, String format) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> escaped.append(
                        c < 0x80 && Character.isLetterOrDigit(c) ? Character.toString(c) : String.format(format, c)));
        return escaped.toString();
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(java.util.Locale.ROOT));
            }
        }
        return lower.toString();
    }

    private static String properties(String text) {
        Properties properties = new Properties();
        properties.setProperty("key", text);
        StringWriter written = new StringWriter();
        try {
            properties.store(written, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString();
    }
}
