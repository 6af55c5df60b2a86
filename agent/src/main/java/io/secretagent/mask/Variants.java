package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The variants of a value: the encodings in which it can turn up in a log. The longer a value is, the fewer of them,
 * for each costs memory for every byte of it:
 *
 * <ul>
 *   <li>below {@value #SHORTEST_WITHIN_A_WORD} characters its text and escaped text, since anything else of it could be
 *       a part of something else by chance;
 *   <li>up to {@value #LONGEST_IN_ALL} characters all;
 *   <li>up to {@value #LONGEST_ENCODED} its text and base64, and each line, as they are and as JSON;
 *   <li>beyond that its text and each line.
 * </ul>
 *
 * No streams, lambdas or regular expressions: this runs before {@code main}, where the first of each costs more than
 * all variants of a hundred values.
 */
final class Variants {
    /** Shorter variants are masked as whole tokens only. */
    static final int SHORTEST_WITHIN_A_WORD = 8;

    /** Room for the PEM file of an RSA key of 4096 bits. */
    private static final int LONGEST_IN_ALL = 4096;

    private static final int LONGEST_ENCODED = 65_536;

    private static final String[] INDENTED = {"\n\t", "\n ", "\n  ", "\n    ", "\n        ", "\n\n", "\t", "  "};

    private final String mask;
    private final List<Pattern> patterns = new ArrayList<>();

    private Variants(String mask) {
        this.mask = mask;
    }

    /** The variants of a value, of which some may be the same, each with its mask. */
    static List<Pattern> of(String value, String mask) {
        Variants variants = new Variants(mask);
        variants.addTexts(texts(value));
        String core = value.strip();
        if (core.codePointCount(0, core.length()) >= SHORTEST_WITHIN_A_WORD && core.length() <= LONGEST_ENCODED) {
            variants.addEncodings(core);
            String unixLines = Lines.joined(core, "\n");
            if (!unixLines.equals(core)) {
                variants.addEncodings(unixLines);
            }
        }
        return variants.patterns;
    }

    private static Set<String> texts(String value) {
        // Without the end of line that a file has: it is the log's as well.
        String core = value.strip();
        Set<String> texts = new LinkedHashSet<>();
        addText(core, value.length(), texts);
        if (Lines.areSeveral(core)) {
            // Consoles, terminals and formatters that print a message on one line each end a line in their own way.
            for (String end : new String[] {"\n", "\r\n"}) {
                addText(Lines.joined(core, end), value.length(), texts);
            }
            if (core.length() <= LONGEST_IN_ALL) {
                for (String end : new String[] {"\r", "\r\r\n", " "}) {
                    texts.add(Lines.joined(core, end));
                }
                // Short lines have no mask of their own, wherever the text is indented.
                if (Lines.of(core).size() < Lines.split(core).size()) {
                    for (String end : INDENTED) {
                        texts.add(Lines.joined(core, end));
                    }
                }
            }
            for (String line : Lines.of(core)) {
                addText(line, value.length(), texts);
            }
        }
        return texts;
    }

    private static void addText(String text, int valueLength, Set<String> texts) {
        texts.add(text);
        if (valueLength <= LONGEST_IN_ALL) {
            Specials specials = new Specials(text);
            JsonEscapes.add(text, specials, texts);
            MarkupEscapes.add(text, specials, texts);
            PercentEscapes.add(text, specials, texts);
            BackslashEscapes.add(text, specials, texts);
            ShellQuotes.add(text, specials, texts);
        } else if (valueLength <= LONGEST_ENCODED) {
            texts.add(JsonEscapes.plain(text));
        }
    }

    private void addTexts(Set<String> texts) {
        byte[] utf8Mask = mask.getBytes(UTF_8);
        for (String text : texts) {
            // By the variant, not the value: one variant can be of two values.
            boolean token = text.codePointCount(0, text.length()) < SHORTEST_WITHIN_A_WORD;
            patterns.add(new Pattern(text.getBytes(UTF_8), utf8Mask, token, false));
        }
    }

    private void addEncodings(String text) {
        byte[] utf8Mask = mask.getBytes(UTF_8);
        Base64Interior.add(text.getBytes(UTF_8), utf8Mask, patterns);
        if (text.length() <= LONGEST_IN_ALL) {
            Base64Interior.addPieces(text, utf8Mask, patterns);
            Set<String> dumps = new LinkedHashSet<>();
            Dumps.add(text, dumps);
            addTexts(dumps);
            OtherCharsets.addUtf16(text, mask, patterns);
            OtherCharsets.addNarrow(text, mask, patterns);
        }
    }
}
