package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;

/** A text as the encoders of URLs write it. They differ in which characters they leave as they are. */
final class PercentEscapes {
    /** What is left besides letters and digits. */
    private static final String[] UNRESERVED = {
        "-._~", // RFC 3986: Go, .NET, Python's quote with no safe characters
        "-._~/", // Python's quote
        "-._", // PHP's urlencode
        ".-*_", // Java's URLEncoder, HTML forms
        "-_.!~*'()", // JavaScript's encodeURIComponent
        "-_.!~*'();/?:@&=+$,#", // JavaScript's encodeURI
        "-._~!$&'()*+,;=", // RFC 3986's host
        "-._~!$&'()*+,;=:", // RFC 3986's user information
        "-._~!$&'()*+,;=:@", // RFC 3986's path segment
        "-._~!$&'()*+,;=:@/", // RFC 3986's path
        "-._~!$&'()*+,;=:@/?", // RFC 3986's query and fragment
        "-._~!$'()*,;:@/?", // a query's name or value in Spring's UriComponentsBuilder and others
        "-._~$&+=:@", // Go's PathEscape
        "", // all
    };

    static void add(String text, Specials specials, Set<String> variants) {
        if (specials.isEmpty()) {
            return;
        }
        // Each byte as a character: in UTF-8 only those that are to be escaped take several.
        String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        int[] places = specials.beyond() ? new Specials(bytes).places() : specials.places();
        boolean spaces = text.indexOf(' ') >= 0;
        Set<String> done = new HashSet<>();
        for (String unreserved : UNRESERVED) {
            String left = specials.among(unreserved);
            if (done.add(left)) {
                variants.add(escaped(bytes, places, left, true, "%20"));
                variants.add(escaped(bytes, places, left, false, "%20"));
                if (spaces) { // within a form
                    variants.add(escaped(bytes, places, left, true, "+"));
                    variants.add(escaped(bytes, places, left, false, "+"));
                }
            }
        }
        if (specials.beyond()) {
            variants.add(wire(bytes, ""));
            variants.add(wire(bytes, "ffffff"));
        }
        // A URL within a URL.
        variants.add(escaped(bytes, places, UNRESERVED[0], true, "%20").replace("%", "%25"));
    }

    /** As Apache's HTTP clients log what they send and get, the fifth with a sign. */
    private static String wire(String bytes, String sign) {
        StringBuilder wire = new StringBuilder(bytes.length() + 32);
        for (int i = 0; i < bytes.length(); i++) {
            char b = bytes.charAt(i);
            if (b < ' ' || b > '~') {
                wire.append("[0x").append(b > '~' + 1 ? sign : "");
                wire.append(Integer.toHexString(b)).append(']');
            } else {
                wire.append(b);
            }
        }
        return wire.toString();
    }

    private static String escaped(String bytes, int[] places, String unreserved, boolean upper, String space) {
        StringBuilder escaped = new StringBuilder(bytes.length() + 32);
        int from = 0;
        for (int i : places) {
            escaped.append(bytes.substring(from, i));
            from = i + 1;
            char b = bytes.charAt(i);
            if (unreserved.indexOf(b) >= 0) {
                escaped.append(b);
            } else if (b == ' ') {
                escaped.append(space);
            } else {
                Hex.append(escaped.append('%'), b, upper);
            }
        }
        return escaped.append(bytes.substring(from)).toString();
    }

    private PercentEscapes() {}
}
