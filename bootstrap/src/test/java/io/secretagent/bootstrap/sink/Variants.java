package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The forms in which programs write a secret into their logs. */
final class Variants {
    /** Before a form and after it: no form has it, and no layout escapes it. */
    private static final char BOUND = '|';
    /** Of base64, what comes from before the secret and after it; of others, quotes and brackets, escaped perhaps. */
    private static final int MOST_LEFT = 16;

    private static final String MASK = "***";

    /** The message that has this form. */
    static String line(String name, String form) {
        return name + BOUND + form + BOUND;
    }

    /** The forms of which the log shows anything, or which it has lost. */
    static List<String> failures(String log) {
        List<String> failures = new ArrayList<>();
        for (String name : of(Canary.VARIED).keySet()) {
            String begin = name + BOUND;
            int at = log.indexOf(begin);
            if (at < 0) {
                failures.add("lacks " + name);
            }
            for (; at >= 0; at = log.indexOf(begin, at + 1)) {
                int end = log.indexOf(BOUND, at + begin.length());
                String form = log.substring(at + begin.length(), end < 0 ? log.length() : end);
                if (!form.contains(MASK) || form.replace(MASK, "").strip().length() > MOST_LEFT) {
                    failures.add("leaks " + name);
                }
            }
        }
        return failures;
    }

    static Map<String, String> of(String secret) {
        byte[] utf8 = secret.getBytes(UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("raw", secret);
        forms.put("json", json(secret));
        forms.put("json-twice", json(json(secret)));
        forms.put("json-by-number", byNumber(secret));
        forms.put("xml", xml(secret));
        forms.put("form", URLEncoder.encode(secret, UTF_8));
        forms.put("url", URLEncoder.encode(secret, UTF_8).replace("+", "%20"));
        forms.put("url-lower", lower(URLEncoder.encode(secret, UTF_8).replace("+", "%20")));
        forms.put("properties", properties(secret));
        forms.put("shell", "'" + secret.replace("'", "'\\''") + "'");
        for (String before : new String[] {"", "a", "ab"}) {
            byte[] shifted = (before + secret + "z").getBytes(UTF_8);
            forms.put("base64-" + before.length(), Base64.getEncoder().encodeToString(shifted));
            forms.put("base64-url-" + before.length(), Base64.getUrlEncoder().encodeToString(shifted));
        }
        forms.put("basic", Base64.getEncoder().encodeToString(("user:" + secret).getBytes(UTF_8)));
        forms.put("folded", Base64.getMimeEncoder(16, new byte[] {'\n'}).encodeToString(utf8));
        forms.put("hex", HexFormat.of().formatHex(utf8));
        forms.put("hex-upper", HexFormat.of().withUpperCase().formatHex(utf8));
        forms.put("hex-colon", HexFormat.ofDelimiter(":").formatHex(utf8));
        forms.put("characters", Arrays.toString(secret.toCharArray()));
        forms.put("cut", secret.substring(3, 23));
        forms.put("bytes", Arrays.toString(utf8));
        return forms;
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String byNumber(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
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
        // Without the comment with the time.
        return written.toString().substring(written.toString().indexOf("key="));
    }

    private Variants() {}
}
