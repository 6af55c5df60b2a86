package io.secretagent.mask;

import java.util.List;

/** Puts patterns in the order of their bytes, those of the same bytes once; a few bytes of all of them at a time. */
final class Sorting {
    /** How many bits of a place a pattern's number takes; the others are bytes of it. */
    private static final int NUMBER = 24;

    /** A number that no pattern has: there is another one with the same bytes. */
    private static final int DROPPED = (1 << NUMBER) - 1;

    /** So many are put in order one by one. */
    private static final int FEW = 12;

    /** How many bytes are compared at a time. */
    private static final int STEP = (Long.SIZE - NUMBER) / 8;

    private final PatternList all;
    private final long[] places;
    /** Room for half of them. */
    private final long[] spare;

    private Sorting(PatternList all) {
        this.all = all;
        places = new long[all.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        spare = new long[places.length / 2];
    }

    /** @param parts the oldest first */
    static PatternList sorted(List<PatternList> parts) {
        PatternList all = PatternList.joined(parts);
        Sorting sorting = new Sorting(all);
        sorting.sort(0, all.size(), 0);
        PatternList sorted = new PatternList(all.size(), all.length());
        for (long place : sorting.places) {
            if (number(place) != DROPPED) {
                sorted.add(all, number(place));
            }
        }
        return sorted.trimmed();
    }

    /** Sorts a range in which all begin with the same {@code depth} bytes, or end with zeros in their place. */
    private void sort(int from, int to, int depth) {
        if (to - from < 2) {
            return;
        }
        int known = common(from, to, depth);
        boolean ended = true;
        for (int i = from; i < to; i++) {
            int number = number(places[i]);
            places[i] = key(number, known) | number;
            ended &= all.length(number) <= known;
        }
        if (ended) {
            sortSame(from, to);
            return;
        }
        sortPlaces(from, to);
        for (int first = from; first < to; ) {
            int next = first + 1;
            while (next < to && areSame(first, next)) {
                next++;
            }
            sort(first, next, known + STEP);
            first = next;
        }
    }

    /**
     * By merging. That of {@link java.util.Arrays} makes five classes for its lambdas first, from JDK 22 on, which takes
     * longer than this does for the patterns of some tens of values.
     */
    private void sortPlaces(int from, int to) {
        if (to - from <= FEW) {
            for (int i = from + 1; i < to; i++) {
                long moved = places[i];
                int at = i;
                for (; at > from && places[at - 1] > moved; at--) {
                    places[at] = places[at - 1];
                }
                places[at] = moved;
            }
            return;
        }
        int middle = (from + to) >>> 1;
        sortPlaces(from, middle);
        sortPlaces(middle, to);
        int count = middle - from;
        System.arraycopy(places, from, spare, 0, count);
        int next = middle;
        int at = from;
        for (int i = 0; i < count; at++) {
            places[at] = next < to && places[next] < spare[i] ? places[next++] : spare[i++];
        }
    }

    /** How many bytes all of the range begin with. */
    private int common(int from, int to, int depth) {
        byte[] bytes = all.bytes();
        int one = number(places[from]);
        int start = all.start(one);
        int common = all.length(one);
        for (int i = from + 1; i < to && common > depth; i++) {
            int other = number(places[i]);
            int end = start + Math.min(common, all.length(other));
            int apart = all.start(other) - start;
            int at = start + depth;
            while (at < end && bytes[at] == bytes[at + apart]) {
                at++;
            }
            common = at - start;
        }
        return Math.max(common, depth);
    }

    /**
     * Those that differ in no more than the number of zeros at their end. Of the same bytes one stays: rather anywhere than
     * as a token, rather with what follows, and rather that of the oldest value.
     */
    private void sortSame(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long moved = places[i];
            int at = i;
            for (; at > from && isBefore(number(moved), number(places[at - 1])); at--) {
                places[at] = places[at - 1];
            }
            places[at] = moved;
        }
        for (int i = to - 1; i > from; i--) {
            if (all.length(number(places[i])) == all.length(number(places[i - 1]))) {
                places[i] = DROPPED;
            }
        }
    }

    private boolean isBefore(int one, int other) {
        int order = all.length(one) - all.length(other);
        if (order == 0) {
            order = Boolean.compare(all.isToken(one), all.isToken(other));
        }
        if (order == 0) {
            order = Boolean.compare(all.isWidened(other), all.isWidened(one));
        }
        return order == 0 ? one < other : order < 0;
    }

    private boolean areSame(int one, int other) {
        return places[one] >>> NUMBER == places[other] >>> NUMBER;
    }

    private static int number(long place) {
        return (int) place & DROPPED;
    }

    /** The next bytes, such that they compare as without a sign. */
    private long key(int number, int depth) {
        int from = all.start(number) + depth;
        int end = Math.min(from + STEP, all.end(number));
        long key = 0;
        int shift = Long.SIZE;
        for (int at = from; at < end; at++) {
            shift -= 8;
            key |= (all.bytes()[at] & 0xffL) << shift;
        }
        return key ^ Long.MIN_VALUE;
    }
}
