package io.secretagent.mask;

/** A text as the encoders of URLs write it. They differ in which characters they leave as they are. */
final class PercentEscapes {
    /** What is left besides letters and digits. */
    private static final long[] UNRESERVED = {
        Text.set("-._~"), // RFC 3986: Go, .NET, Python's quote with no safe characters
        Text.set("-._~/"), // Python's quote
        Text.set("-._"), // PHP's urlencode
        Text.set(".-*_"), // Java's URLEncoder, HTML forms
        Text.set("-_.!~*'()"), // JavaScript's encodeURIComponent
        Text.set("-_.!~*'();/?:@&=+$,#"), // JavaScript's encodeURI
        Text.set("-._~!$&'()*+,;="), // RFC 3986's host
        Text.set("-._~!$&'()*+,;=:"), // RFC 3986's user information
        Text.set("-._~!$&'()*+,;=:@"), // RFC 3986's path segment
        Text.set("-._~!$&'()*+,;=:@/"), // RFC 3986's path
        Text.set("-._~!$&'()*+,;=:@/?"), // RFC 3986's query and fragment
        Text.set("-._~!$'()*,;:@/?"), // a query's name or value in Spring's UriComponentsBuilder and others
        Text.set("-._~$&+=:@"), // Go's PathEscape
        0, // all
    };

    private static final long SPACE = Text.set(" ");

    static void add(Text text, PatternList to) {
        if (text.isPlain()) {
            return;
        }
        boolean spaces = text.among(SPACE) != 0;
        for (int i = 0; i < UNRESERVED.length; i++) {
            if (text.isFirst(UNRESERVED, i)) {
                add(text, UNRESERVED[i], "%", true, "%20", to);
                add(text, UNRESERVED[i], "%", false, "%20", to);
                if (spaces) { // within a form
                    add(text, UNRESERVED[i], "%", true, "+", to);
                    add(text, UNRESERVED[i], "%", false, "+", to);
                }
            }
        }
        if (text.beyond()) {
            addWire(text, "", to);
            addWire(text, "ffffff", to);
        }
        // A URL within a URL.
        add(text, UNRESERVED[0], "%25", true, "%2520", to);
    }

    private static void add(Text text, long unreserved, String percent, boolean upper, String space, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            if (text.isIn(i, unreserved)) {
                text.putItself(i, to);
            } else if (text.character(i) == ' ') {
                to.put(space);
            } else {
                for (int at = text.start(i); at < text.end(i); at++) {
                    to.put(percent);
                    Hex.put(text.bytes()[at], upper, to);
                }
            }
        }
        text.finish(to);
    }

    /** As Apache's HTTP clients log what they send and get, the fifth with a sign. */
    private static void addWire(Text text, String sign, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            if (Text.isOther(text.character(i))) {
                for (int at = text.start(i); at < text.end(i); at++) {
                    to.put("[0x");
                    to.put(text.bytes()[at] < 0 ? sign : "");
                    to.put(Integer.toHexString(text.bytes()[at] & 0xff));
                    to.put(']');
                }
            } else {
                text.putItself(i, to);
            }
        }
        text.finish(to);
    }

    private PercentEscapes() {}
}
