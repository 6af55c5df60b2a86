package io.secretagent.mask;

import java.util.Arrays;
import java.util.List;

/**
 * All patterns in one Aho-Corasick automaton. Immutable; a node is an {@code int}, and {@link #ROOT} is the node where
 * nothing of any pattern has been seen.
 */
final class Automaton {
    static final int ROOT = 0;

    private final Pattern[] patterns;
    private final Tiers tiers;
    /** Where each byte leads from the root, so that the common case costs one look. */
    private final int[] first = new int[256];

    /** Where two bytes lead: of a thousand patterns with the same first byte as well, which would be a long list. */
    private final int[][] second = new int[256][];

    private final byte[] label;
    private final int[] child;
    private final int[] sibling;
    private final int[] fail;
    private final int[] depth;
    /** A pattern that begins with what the node has seen. */
    private final int[] leading;
    /** The pattern that is the node's own string, or -1. */
    private final int[] own;
    /** The node itself if it has a pattern of its own, else the nearest by failure links that has, else the root. */
    private final int[] ending;

    private final int[] hold;
    private int size = 1;

    Automaton(List<Pattern> patterns) {
        this.patterns = patterns.toArray(new Pattern[0]);
        tiers = new Tiers(this.patterns);
        int capacity = 1;
        for (Pattern pattern : this.patterns) {
            capacity += pattern.length();
        }
        label = new byte[capacity];
        child = new int[capacity];
        sibling = new int[capacity];
        fail = new int[capacity];
        depth = new int[capacity];
        leading = new int[capacity];
        own = new int[capacity];
        ending = new int[capacity];
        hold = new int[capacity];
        Arrays.fill(own, -1);
        for (int i = 0; i < this.patterns.length; i++) {
            insert(i);
        }
        for (int node = child[ROOT]; node != ROOT; node = sibling[node]) {
            int[] row = new int[256];
            for (int next = child[node]; next != ROOT; next = sibling[next]) {
                row[label[next] & 0xff] = next;
            }
            second[label[node] & 0xff] = row;
        }
        link();
    }

    /** What finds the places in a text from where on to step. */
    Tiers tiers() {
        return tiers;
    }

    /** The first place in the range from where on two bytes begin a pattern, or its last byte does, or its end. */
    int findStart(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            int start = text[i] & 0xff;
            if (first[start] != ROOT && (i + 1 == to || second[start][text[i + 1] & 0xff] != ROOT)) {
                return i;
            }
        }
        return to;
    }

    /** The node of the longest suffix of {@code node}'s string and {@code b} with which a pattern begins. */
    int step(int node, byte b) {
        for (int at = node; at != ROOT; at = fail[at]) {
            if (depth[at] == 1) {
                int next = second[label[at] & 0xff][b & 0xff];
                return next == ROOT ? first[b & 0xff] : next;
            }
            for (int next = child[at]; next != ROOT; next = sibling[next]) {
                if (label[next] == b) {
                    return next;
                }
            }
        }
        return first[b & 0xff];
    }

    /** The node of the longest pattern that ends at {@code node}, or the root. */
    int ending(int node) {
        return ending[node];
    }

    /** The next shorter pattern that ends where the pattern of {@code at} does, or the root. */
    int nextEnding(int at) {
        return ending[fail[at]];
    }

    /** The pattern of a node that {@link #ending} or {@link #nextEnding} gave. */
    Pattern pattern(int at) {
        return patterns[own[at]];
    }

    /** Some pattern that begins with {@code node}'s string; not for the root. */
    Pattern leading(int node) {
        return patterns[leading[node]];
    }

    /**
     * How many of the bytes last seen can still become part of a match: the longest suffix of {@code node}'s string
     * that is a proper prefix of a pattern, or a whole token of which the next byte decides.
     */
    int hold(int node) {
        return hold[node];
    }

    /** The node here for what {@code node} of an automaton with fewer patterns has seen. */
    int nodeOf(Automaton older, int node) {
        int at = ROOT;
        if (node != ROOT) {
            byte[] seen = older.leading(node).bytes();
            for (int i = 0; i < older.depth[node]; i++) {
                at = step(at, seen[i]);
            }
        }
        return at;
    }

    private void insert(int pattern) {
        int node = ROOT;
        for (byte b : patterns[pattern].bytes()) {
            int next = childOf(node, b);
            if (next == ROOT) {
                next = size++;
                label[next] = b;
                depth[next] = depth[node] + 1;
                leading[next] = pattern;
                sibling[next] = child[node];
                child[node] = next;
                if (node == ROOT) {
                    first[b & 0xff] = next;
                }
            }
            node = next;
        }
        own[node] = pattern;
    }

    private int childOf(int node, byte b) {
        int next = child[node];
        while (next != ROOT && label[next] != b) {
            next = sibling[next];
        }
        return next;
    }

    /** Breadth first, so that a node's failure link, which is shorter, is complete before the node is looked at. */
    private void link() {
        int[] queue = new int[size];
        int tail = 1;
        for (int head = 0; head < tail; head++) {
            int node = queue[head];
            for (int next = child[node]; next != ROOT; next = sibling[next]) {
                fail[next] = node == ROOT ? ROOT : step(fail[node], label[next]);
                ending[next] = own[next] >= 0 ? next : ending[fail[next]];
                boolean open = child[next] != ROOT || (own[next] >= 0 && patterns[own[next]].token());
                hold[next] = open ? depth[next] : hold[fail[next]];
                queue[tail++] = next;
            }
        }
    }
}
