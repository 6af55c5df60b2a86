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

    /** The names of the first of {@link #CHARACTERS}. */
    private static final String[] NAMES = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};

    private static final int NAMED_IN_HTML = 4;
    private static final int NAMED_IN_XML = 5;
    /** What ESAPI leaves besides letters and digits. */
    private static final long LEFT_IN_TEXT = Text.set(",.-_ ");

    private static final long LEFT_IN_ATTRIBUTES = Text.set(",.-_");

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

    private static final long[] KINDS = kinds();

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
        long present = present(text);
        for (int i = 0; i < WRITERS.length; i++) {
            if (isFirst(present, i)) {
                for (Others kind : text.beyond() ? OTHERS : NO_OTHERS) {
                    add(text, WRITERS[i], kind, to);
                }
            }
        }
        // As OWASP's ESAPI writes HTML, attributes and XML, and GlassFish its log.
        addNamed(text, LEFT_IN_TEXT, NAMED_IN_HTML, to);
        addNamed(text, LEFT_IN_ATTRIBUTES, NAMED_IN_HTML, to);
        addNamed(text, LEFT_IN_TEXT, NAMED_IN_XML, to);
        addAllButWords(text, Others.DECIMAL, to);
        addAllButWords(text, Others.LOWER_HEX, to);
        addAllButWords(text, Others.UPPER_HEX, to);
    }

    /** Whether the text looks otherwise than as each writer before writes it. */
    private static boolean isFirst(long present, int number) {
        for (int i = 0; i < number; i++) {
            if (((KINDS[i] ^ KINDS[number]) & present) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The bits of {@link #KINDS} that tell of characters that the text has. */
    private static long present(Text text) {
        long present = 0;
        for (int i = 0; i < CHARACTERS.length(); i++) {
            if (text.has(CHARACTERS.charAt(i))) {
                present |= 0xffL << (8 * i);
            }
        }
        return present;
    }

    /** A byte for what a writer puts for each character: the number of the first writer who puts the same. */
    private static long[] kinds() {
        long[] kinds = new long[WRITERS.length];
        for (int i = 0; i < kinds.length; i++) {
            for (int c = 0; c < CHARACTERS.length(); c++) {
                int same = 0;
                while (!Objects.equals(WRITERS[same][c], WRITERS[i][c])) {
                    same++;
                }
                kinds[i] |= (long) same << (8 * c);
            }
        }
        return kinds;
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

    /** By name where there is one, and by number all else but letters, digits and what is left. */
    private static void addNamed(Text text, long left, int named, PatternList to) {
        for (int i = 0; i < text.places(); i++) {
            text.putRun(i, to);
            int c = text.character(i);
            int special = text.isIn(i, SPECIALS) ? CHARACTERS.indexOf(c) : -1;
            if (special >= 0 && special < named) {
                to.put(NAMES[special]);
            } else if (text.isIn(i, left)) {
                text.putItself(i, to);
            } else {
                boolean hasName = named == NAMED_IN_HTML && c >= 0xa0 && c <= 0xff;
                putOther(text, i, hasName ? Others.NAME : Others.LOWER_HEX, to);
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
