package io.secretagent.mask;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text as the writers of XML and HTML write it. They differ in which characters they escape, and in whether they do
 * it by name or by number.
 */
final class MarkupEscapes {
    private static final String SPECIAL = "&<>\"'/";

    /** The names of the first of {@link #SPECIAL}. */
    private static final String[] NAMES = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};

    private static final int NAMED_IN_HTML = 4;
    private static final int NAMED_IN_XML = 5;

    /** What each kind of writer puts for the characters of {@link #SPECIAL}; null is the character itself. */
    private static final @Nullable String[][] WRITERS = {
        {"&amp;", "&lt;", null, null, null, null}, // the least that XML asks for
        {"&amp;", "&lt;", "&gt;", null, null, null}, // text of the JDK's serializers
        {"&amp;", "&lt;", null, "&quot;", null, null}, // attributes of the JDK's serializers
        {"&amp;", "&lt;", "&gt;", "&quot;", null, null}, // Commons Text's HTML
        {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", null}, // XML's five
        {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#x2F;"}, // Log4j 2
        {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", null}, // Spring, Guava, Thymeleaf
        {"&amp;", "&lt;", "&gt;", "&quot;", "&#039;", null}, // PHP
        {"&amp;", "&lt;", "&gt;", "&quot;", "&#x27;", null}, // Python
        {"&amp;", "&lt;", "&gt;", "&quot;", "&#x27;", "&#x2F;"}, // the advice of OWASP
        {"&amp;", "&lt;", "&gt;", "&#34;", "&#39;", null}, // Go, the OWASP encoder
        {"&amp;", "&lt;", "&gt;", "&#034;", "&#039;", null}, // JSTL
        {"&#38;", "&#60;", "&#62;", "&#34;", "&#39;", null},
        {"&#038;", "&#060;", "&#062;", "&#034;", "&#039;", null},
        {"&#x26;", "&#x3c;", "&#x3e;", "&#x22;", "&#x27;", null},
        {"&#x26;", "&#x3C;", "&#x3E;", "&#x22;", "&#x27;", null},
    };

    /** HTML's names of the characters from U+00A0 to U+00FF. */
    private static final String LATIN1 = " nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg"
            + " macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
            + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml"
            + " ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig"
            + " agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml"
            + " eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml ";

    /** What is put for a character that is neither in {@link #SPECIAL} nor printable ASCII. */
    private enum Others {
        THEMSELVES,
        NAME,
        DECIMAL,
        LOWER_HEX,
        UPPER_HEX
    }

    private static final Others[] OTHERS = Others.values();
    private static final Others[] NO_OTHERS = {Others.THEMSELVES};

    static void add(String text, Specials specials, Set<String> variants) {
        if (specials.isEmpty()) {
            return;
        }
        String present = specials.among(SPECIAL);
        Set<String> done = new HashSet<>();
        for (@Nullable String[] writer : WRITERS) {
            if (done.add(written(present, writer))) {
                for (Others kind : specials.beyond() ? OTHERS : NO_OTHERS) {
                    variants.add(escaped(text, specials, writer, kind));
                }
            }
        }
        // As OWASP's ESAPI writes HTML, attributes and XML, and GlassFish its log.
        variants.add(named(text, specials, ",.-_ ", false));
        variants.add(named(text, specials, ",.-_", false));
        variants.add(named(text, specials, ",.-_ ", true));
        variants.add(allButWords(text, specials, Others.DECIMAL));
        variants.add(allButWords(text, specials, Others.LOWER_HEX));
        variants.add(allButWords(text, specials, Others.UPPER_HEX));
    }

    private static String written(String present, @Nullable String[] writer) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < present.length(); i++) {
            written.append(writer[SPECIAL.indexOf(present.charAt(i))]).append(' ');
        }
        return written.toString();
    }

    private static boolean isOther(int c) {
        return c < ' ' || c > '~';
    }

    private static String escaped(String text, Specials specials, @Nullable String[] writer, Others kind) {
        StringBuilder escaped = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int i : specials.places()) {
            if (i < from) { // the second half of a pair
                continue;
            }
            escaped.append(text.substring(from, i));
            int c = text.codePointAt(i);
            from = i + Character.charCount(c);
            int special = SPECIAL.indexOf(c);
            String written = special >= 0 ? writer[special] : null;
            if (written != null) {
                escaped.append(written);
            } else if (isOther(c)) {
                other(escaped, c, kind);
            } else {
                escaped.append((char) c);
            }
        }
        return escaped.append(text.substring(from)).toString();
    }

    private static String allButWords(String text, Specials specials, Others kind) {
        StringBuilder escaped = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int i : specials.places()) {
            if (i < from) { // the second half of a pair
                continue;
            }
            escaped.append(text.substring(from, i));
            int c = text.codePointAt(i);
            from = i + Character.charCount(c);
            other(escaped, c, kind);
        }
        return escaped.append(text.substring(from)).toString();
    }

    /** By name where there is one, and by number all else but letters, digits and what is immune. */
    private static String named(String text, Specials specials, String immune, boolean xml) {
        StringBuilder escaped = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int i : specials.places()) {
            if (i < from) { // the second half of a pair
                continue;
            }
            escaped.append(text.substring(from, i));
            int c = text.codePointAt(i);
            from = i + Character.charCount(c);
            int special = SPECIAL.indexOf(c);
            if (special >= 0 && special < (xml ? NAMED_IN_XML : NAMED_IN_HTML)) {
                escaped.append(NAMES[special]);
            } else if (immune.indexOf(c) >= 0) {
                escaped.append((char) c);
            } else {
                other(escaped, c, !xml && c >= 0xa0 && c <= 0xff ? Others.NAME : Others.LOWER_HEX);
            }
        }
        return escaped.append(text.substring(from)).toString();
    }

    private static void other(StringBuilder to, int c, Others kind) {
        switch (kind) {
            case THEMSELVES -> to.appendCodePoint(c);
            case NAME -> {
                if (c >= 0xa0 && c <= 0xff) {
                    to.append('&').append(name(c)).append(';');
                } else {
                    to.appendCodePoint(c);
                }
            }
            case DECIMAL -> to.append("&#").append(c).append(';');
            case LOWER_HEX -> to.append("&#x").append(Integer.toHexString(c)).append(';');
            case UPPER_HEX ->
                to.append("&#x")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append(';');
        }
    }

    private static String name(int c) {
        int from = 1;
        for (int i = 0xa0; i < c; i++) {
            from = LATIN1.indexOf(' ', from) + 1;
        }
        return LATIN1.substring(from, LATIN1.indexOf(' ', from));
    }

    private MarkupEscapes() {}
}
