package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The variants of a value: the encodings in which it can turn up in a log. The longer a value is, the fewer of them,
 * for each costs memory for every byte of it:
 *
 * <ul>
 *   <li>below {@value #SHORTEST_WITHIN_A_WORD} characters its text and escaped text, since anything else of it could be
 *       a part of something else by chance;
 *   <li>up to {@value #LONGEST_IN_ALL} characters all;
 *   <li>up to {@value #LONGEST_ENCODED} its text and base64, and each line, as they are and as JSON;
 *   <li>up to {@value Fragments#LONGEST} its text and each line, as they are and as JSON;
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

    private final String value;
    private final String mask;
    private final PatternList patterns;

    private Variants(String value, String mask) {
        this.value = value;
        this.mask = mask;
        patterns = new PatternList(value, mask.getBytes(UTF_8));
    }

    /**
     * The variants of a value, of which some may be the same, each with its mask.
     *
     * @param parts of the value, of which each piece is masked
     */
    static PatternList of(String value, List<String> parts, String mask) {
        Variants variants = new Variants(value, mask);
        // Without the end of line that a file has: it is the log's as well.
        String core = value.strip();
        variants.addTexts(core);
        if (core.codePointCount(0, core.length()) >= SHORTEST_WITHIN_A_WORD && core.length() <= LONGEST_ENCODED) {
            variants.addEncodings(core);
            if (core.length() <= LONGEST_IN_ALL) {
                Base64Interior.addPieces(parts, variants.patterns);
            }
            String unixLines = Lines.joined(core, "\n");
            if (!unixLines.equals(core)) {
                variants.addEncodings(unixLines);
            }
        }
        return variants.patterns;
    }

    private void addTexts(String core) {
        addText(core);
        if (!Lines.areSeveral(core)) {
            return;
        }
        // Consoles, terminals and formatters that print a message on one line each end a line in their own way.
        for (String end : new String[] {"\n", "\r\n"}) {
            String joined = Lines.joined(core, end);
            if (!joined.equals(core)) {
                addText(joined);
            }
        }
        List<String> lines = Lines.of(core);
        if (core.length() <= LONGEST_IN_ALL) {
            addJoined(core, "\r", "\r\r\n", " ");
            // Short lines have no mask of their own, wherever the text is indented.
            if (lines.size() < Lines.split(core).size()) {
                addJoined(core, INDENTED);
            }
        }
        for (String line : lines) {
            addText(line);
        }
    }

    private void addJoined(String core, String... ends) {
        for (String end : ends) {
            patterns.add(Lines.joined(core, end).getBytes(UTF_8));
        }
    }

    private void addText(String string) {
        Text text = new Text(string);
        patterns.add(text.bytes());
        if (value.length() <= LONGEST_IN_ALL) {
            JsonEscapes.add(text, patterns);
            MarkupEscapes.add(text, patterns);
            PercentEscapes.add(text, patterns);
            BackslashEscapes.add(text, patterns);
            ShellQuotes.add(text, patterns);
        } else if (value.length() <= Fragments.LONGEST) {
            JsonEscapes.addPlain(text, patterns);
        }
    }

    private void addEncodings(String string) {
        Text text = new Text(string);
        Base64Interior.add(text.bytes(), patterns);
        if (string.length() <= LONGEST_IN_ALL) {
            Dumps.add(text, patterns);
            OtherCharsets.addUtf16(text, mask, patterns);
            OtherCharsets.addNarrow(text, mask, patterns);
        }
    }
}
