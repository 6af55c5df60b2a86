package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quick look that most texts get: where a pattern may start. Long patterns and short ones are looked for apart, so
 * that one short value does not make the search for all others slow. Allocates nothing.
 */
final class Tiers {
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

    private static final int LONGEST_BEGINNING = 4;

    /** Of another length than {@link Samples}' grams: what is like one of these by chance is then not like both. */
    private static final int PIECE = 5;

    private final Samples[] tiers;
    /** What patterns begin with: a byte, two and more. */
    private final Grams[] beginnings;

    private final @Nullable Grams pieces;

    /**
     * @param patterns sorted
     * @param texts of which each piece is a pattern as well
     */
    Tiers(PatternList patterns, PatternList texts) {
        PatternList characters = new PatternList(0, 0);
        for (int i = 0; i < patterns.size(); i++) {
            if (!patterns.isAscii(i)) {
                byte[] low = lowBytes(patterns, i);
                characters.add(low, 0, low.length, 0);
            }
        }
        int shortest = Integer.MAX_VALUE;
        int shortestLong = texts.size() == 0 ? Integer.MAX_VALUE : Windows.LENGTH;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            for (int i = 0; i < list.size(); i++) {
                int length = list.length(i);
                shortest = Math.min(shortest, length);
                shortestLong = length < LONG ? shortestLong : Math.min(shortestLong, length);
            }
        }
        beginnings = beginnings(Math.min(shortest, LONGEST_BEGINNING), patterns, characters);
        pieces = texts.size() == 0 ? null : pieces(texts);
        List<Samples> made = new ArrayList<>();
        if (shortestLong < Integer.MAX_VALUE) {
            Grams longest = beginnings[beginnings.length - 1];
            made.add(new Samples(patterns, characters, shortestLong, Integer.MAX_VALUE, texts, longest, pieces));
        }
        if (shortest < LONG) {
            Grams longest = beginnings[beginnings.length - 1];
            made.add(new Samples(patterns, characters, shortest, LONG, NONE, longest, null));
        }
        tiers = made.toArray(new Samples[0]);
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
        int at = from;
        while (at < to) {
            int end = tiers.length > 1 && to - at > BLOCK ? at + BLOCK : to;
            int next = end;
            boolean hit = false;
            for (Samples tier : tiers) {
                int sample = tier.find(text, at, end);
                boolean found = tier.hit(sample, end);
                if ((found || open || end < to) && tier.start(sample) < next) {
                    next = tier.start(sample);
                    hit = found;
                }
            }
            if (hit || end == to) {
                return next;
            }
            at = next;
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

    /** A set for each length up to the given one. */
    private static Grams[] beginnings(int longest, PatternList patterns, PatternList characters) {
        long[] all = new long[patterns.size() + characters.size()];
        int count = 0;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            for (int i = 0; i < list.size(); i++) {
                long gram = Bytes.assembled(list.bytes(), list.start(i), longest);
                // In most neighbours these are the same.
                if (count == 0 || all[count - 1] != gram) {
                    all[count++] = gram;
                }
            }
        }
        Grams[] beginnings = new Grams[longest];
        for (int length = longest; length > 0; length--) {
            beginnings[length - 1] = new Grams(length, all, count);
        }
        return beginnings;
    }

    private static Grams pieces(PatternList texts) {
        long[] all = new long[texts.length()];
        return new Grams(PIECE, all, Grams.read(PIECE, texts, all, 0));
    }

    /** The low bytes of the characters, as a string's are looked at. */
    private static byte[] lowBytes(PatternList patterns, int number) {
        String text = new String(patterns.bytes(), patterns.start(number), patterns.length(number), UTF_8);
        byte[] low = new byte[text.length()];
        for (int i = 0; i < low.length; i++) {
            low[i] = (byte) text.charAt(i);
        }
        return low;
    }
}
