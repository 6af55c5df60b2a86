package io.secretagent.mask;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text as the writers of XML and HTML write it. They differ in which characters they escape, and in whether they do
 * it by name or by number.
 */
final class MarkupEscapes {
    private static final String CHARACTERS = "&<>\"'/";

    private static final long SPECIALS = Text.set(CHARACTERS);
    private static final long[] SPECIAL = {
        Text.set("&"), Text.set("<"), Text.set(">"), Text.set("\""), Text.set("'"), Text.set("/")
    };

    /** What each kind of writer puts for the {@link #CHARACTERS}; null is the character itself. */
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

    /** What is put for a character that is neither in {@link #CHARACTERS} nor printable ASCII. */
    private enum Others {
        THEMSELVES,
        NAME,
        DECIMAL,
        LOWER_HEX,
        UPPER_HEX
    }

    private static final Others[] OTHERS = Others.values();
    private static final Others[] NO_OTHERS = {Others.THEMSELVES};

    static void add(Text text, PatternList to) {
        if (text.isPlain()) {
            return;
        }
        for (int i = 0; i < WRITERS.length; i++) {
            if (isFirst(text, i)) {
                for (Others kind : text.beyond() ? OTHERS : NO_OTHERS) {
                    add(text, WRITERS[i], kind, to);
                }
            }
        }
        // As OWASP's ESAPI writes it.
        addAllButWords(text, Others.DECIMAL, to);
        addAllButWords(text, Others.LOWER_HEX, to);
        addAllButWords(text, Others.UPPER_HEX, to);
    }

    /** Whether the text looks otherwise than as each writer before writes it. */
    private static boolean isFirst(Text text, int number) {
        for (int i = 0; i < number; i++) {
            boolean same = true;
            for (int c = 0; c < SPECIAL.length && same; c++) {
                same = text.among(SPECIAL[c]) == 0 || Objects.equals(WRITERS[i][c], WRITERS[number][c]);
            }
            if (same) {
                return false;
            }
        }
        return true;
    }

    private static void add(Text text, @Nullable String[] writer, Others kind, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            int c = text.character(i);
            int special = text.isIn(i, SPECIALS) ? CHARACTERS.indexOf(c) : -1;
            String written = special < 0 ? null : writer[special];
            if (written != null) {
                to.put(written);
            } else if (Text.isOther(c)) {
                putOther(text, i, kind, to);
            } else {
                to.put(c);
            }
        }
        text.finish(to);
    }

    private static void addAllButWords(Text text, Others kind, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            putOther(text, i, kind, to);
        }
        text.finish(to);
    }

    private static void putOther(Text text, int place, Others kind, PatternList to) {
        int c = text.character(place);
        if (kind == Others.THEMSELVES || (kind == Others.NAME && (c < 0xa0 || c > 0xff))) {
            text.putItself(place, to);
        } else {
            // Not by a switch, which would be a class of its own to load.
            if (kind == Others.NAME) {
                to.put("&");
                to.put(name(c));
            } else if (kind == Others.DECIMAL) {
                to.put("&#");
                to.put(Integer.toString(c));
            } else {
                String hex = Integer.toHexString(c);
                to.put("&#x");
                to.put(kind == Others.LOWER_HEX ? hex : hex.toUpperCase(Locale.ROOT));
            }
            to.put(';');
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
