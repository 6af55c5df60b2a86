package io.secretagent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A value within a URL: RFC 3986, section 2.1. Not the form encoding of URLEncoder, whose + is no space in a path or a password. */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";

    /** The value in UTF-8, with all but letters, digits and {@code -._~} encoded. */
    public static String of(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private PercentEncoding() {}
}
