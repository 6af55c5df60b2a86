package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

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

    private static final PatternList NONE = new PatternList(0, 0);

    private final Samples[] tiers;

    /**
     * @param patterns sorted
     * @param texts of which each piece is a pattern as well
     */
    Tiers(PatternList patterns, PatternList texts) {
        PatternList characters = new PatternList(0, 0);
        int shortest = Integer.MAX_VALUE;
        int shortestLong = texts.size() == 0 ? Integer.MAX_VALUE : Windows.LENGTH;
        for (int i = 0; i < patterns.size(); i++) {
            if (!patterns.isAscii(i)) {
                byte[] low = lowBytes(patterns, i);
                characters.add(low, 0, low.length, 0);
            }
        }
        for (PatternList list : List.of(patterns, characters)) {
            for (int i = 0; i < list.size(); i++) {
                int length = list.length(i);
                shortest = Math.min(shortest, length);
                shortestLong = length < LONG ? shortestLong : Math.min(shortestLong, length);
            }
        }
        List<Samples> made = new ArrayList<>();
        if (shortestLong < Integer.MAX_VALUE) {
            made.add(new Samples(patterns, characters, shortestLong, Integer.MAX_VALUE, texts));
        }
        if (shortest < LONG) {
            made.add(new Samples(patterns, characters, shortest, LONG, NONE));
        }
        tiers = made.toArray(new Samples[0]);
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
            int end = to - at > BLOCK ? at + BLOCK : to;
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
