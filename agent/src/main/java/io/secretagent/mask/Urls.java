package io.secretagent.mask;

/** Where in a URL, a JDBC one included, its parts are. */
final class Urls {

    /** Where a URL's user, or else its host, begins; -1 if the text is not a URL with such a part. */
    static int authority(String text) {
        int at = 0;
        while (at < text.length() && (Ascii.isWord(text.charAt(at)) || "+-.:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at > 1 && text.charAt(at - 1) == ':' && text.startsWith("//", at) ? at + 2 : -1;
    }

    /** Where the host and port end that begin at {@code from}. */
    static int hostEnd(String url, int from) {
        int at = from;
        while (at < url.length() && "/?#;".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private Urls() {}
}
