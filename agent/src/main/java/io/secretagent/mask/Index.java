package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for at one moment, and the quick look that most texts get: where a pattern may start. Long patterns and
 * short ones are looked for apart, so that one short value does not make the search for all others slow. Immutable.
 *
 * <p>A look allocates nothing, and goes through few objects: what a line of a log needs of these is not in the processor's
 * first cache, for the frameworks and the write of the line before were there.
 */
final class Index implements Values {
    /**
     * From how many bytes on a pattern is a long one: those have a gram of six bytes in one of seven places that follow
     * each other. A tier of its own for somewhat longer ones would be one more look at the whole text.
     */
    private static final int LONG = 12;

    /** How far a tier looks ahead of the other: what is found near by makes no tier look at a whole text again. */
    private static final int BLOCK = 2048;

    /** For so many places in a row one look tells whether a piece may begin there. */
    static final int NEAR = 8;

    private static final PatternList NONE = new PatternList(0, 0);

    private final Patterns patterns;
    /** The pieces of values, which are patterns too but would be many. */
    private final Windows windows;
    /** Finds patterns of one tier; null if there are none at all. */
    private final @Nullable Samples tier;
    /** Finds those of the other; null unless there are both. */
    private final @Nullable Samples otherTier;
    /** What patterns begin with: a byte, two and more. */
    private final Grams[] beginnings;

    private final @Nullable Grams pieces;

    /**
     * @param parts the patterns, those of the oldest value first, as in the next
     * @param texts of which each piece is a pattern as well
     */
    Index(List<PatternList> parts, List<PatternList> texts) {
        patterns = new Patterns(parts);
        windows = new Windows(texts);
        PatternList sorted = patterns.list();
        PatternList wholes = windows.texts();
        PatternList characters = characters(sorted);
        int shortest = Integer.MAX_VALUE;
        int shortestLong = wholes.size() == 0 ? Integer.MAX_VALUE : Windows.LENGTH;
        for (PatternList list : new PatternList[] {sorted, characters}) {
            for (int i = 0; i < list.size(); i++) {
                int length = list.length(i);
                shortest = Math.min(shortest, length);
                shortestLong = length < LONG ? shortestLong : Math.min(shortestLong, length);
            }
        }
        beginnings = Grams.beginnings(shortest, sorted, characters);
        pieces = wholes.size() == 0 ? null : Grams.pieces(wholes);
        Grams whole = beginnings[beginnings.length - 1];
        Samples longer = shortestLong == Integer.MAX_VALUE
                ? null
                : Samples.of(sorted, characters, shortestLong, Integer.MAX_VALUE, wholes, whole, pieces);
        Samples shorter = shortest >= LONG ? null : Samples.of(sorted, characters, shortest, LONG, NONE, whole, null);
        tier = longer == null ? shorter : longer;
        otherTier = longer == null ? null : shorter;
    }

    Patterns patterns() {
        return patterns;
    }

    Windows windows() {
        return windows;
    }

    /** Whether a pattern may begin with the bytes there, as far as there are any; quick, and true for few others. */
    boolean mayBegin(byte[] text, int at, int to) {
        return beginnings[Math.min(beginnings.length, to - at) - 1].mayHave(text, at);
    }

    /** The first place of a range where a pattern may begin, or its end. */
    int findBeginning(byte[] text, int from, int last, int to) {
        Grams longest = beginnings[beginnings.length - 1];
        int at = from;
        for (int whole = Math.min(last, to - beginnings.length + 1); at < whole; at++) {
            if (longest.mayHave(text, at)) {
                return at;
            }
        }
        while (at < last && !mayBegin(text, at, to)) {
            at++;
        }
        return at;
    }

    /** Whether a piece may begin, and end, at one of {@value #NEAR} places: all have the gram at the last one. */
    boolean piecesMayBegin(byte[] text, int at, int to) {
        return pieces != null && at + Windows.LENGTH <= to && pieces.mayHave(text, at + NEAR - 1);
    }

    /** The first place where a pattern may start that ends before {@code to}, or {@code to} if there is none. */
    int find(byte[] text, int from, int to) {
        return find(text, from, to, false);
    }

    /** The first place where a pattern may start, be it one of which the end is not in the text. */
    int findOpen(byte[] text, int from, int to) {
        return find(text, from, to, true);
    }

    private int find(byte[] text, int from, int to, boolean open) {
        if (tier == null) {
            return to;
        }
        if (otherTier == null) {
            return tier.start(tier.find(text, from, to), to, open);
        }
        for (int at = from; at < to; ) {
            int end = to - at > BLOCK ? at + BLOCK : to;
            boolean goesOn = open || end < to;
            int sample = tier.find(text, at, end);
            int otherSample = otherTier.find(text, at, end);
            int start = tier.start(sample, end, goesOn);
            int otherStart = otherTier.start(otherSample, end, goesOn);
            boolean hit = start < otherStart ? tier.isHit(sample, end) : otherTier.isHit(otherSample, end);
            at = Math.min(start, otherStart);
            if (hit || end == to) {
                return at;
            }
        }
        return to;
    }

    /**
     * As {@link #find(byte[], int, int)} for characters. At the end of a block it also gives a place where no pattern need
     * start: the next look begins there.
     *
     * @param room for the bytes that are looked at
     */
    int find(CharSequence text, int from, LowBytes room) {
        int to = text.length();
        int at = from;
        while (at < to) {
            int end = to - at > LowBytes.BLOCK ? at + LowBytes.BLOCK : to;
            int found = find(room.of(text, at, end), 0, end - at, end < to);
            if (found < end - at) {
                return at + found;
            }
            at = end;
        }
        return to;
    }

    /** The low bytes of the characters of those that have others than of ASCII, as a string's are looked at. */
    private static PatternList characters(PatternList patterns) {
        PatternList characters = new PatternList(0, 0);
        for (int i = 0; i < patterns.size(); i++) {
            if (!patterns.isAscii(i)) {
                String text = new String(patterns.bytes(), patterns.start(i), patterns.length(i), UTF_8);
                for (int at = 0; at < text.length(); at++) {
                    characters.put(text.charAt(at));
                }
                characters.finish(0);
            }
        }
        return characters;
    }
}
