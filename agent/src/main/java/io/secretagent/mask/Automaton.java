package io.secretagent.mask;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All patterns in one Aho-Corasick automaton. Immutable; a node is an {@code int}, and {@link #ROOT} is the node where
 * nothing of any pattern has been seen.
 *
 * <p>Most nodes have one child. So a pattern's bytes that it shares with none before it are one chain of nodes that
 * follow each other, which costs six bytes for a byte of a pattern, and no time to speak of to make.
 */
final class Automaton {
    static final int ROOT = 0;

    /** So many bytes hardly ever are as a pattern begins, and are no pattern. */
    private static final int FEW = 6;

    /** The node is the end of its chain, and so of a pattern. */
    private static final byte LAST = 1;
    /** Chains start at the node. */
    private static final byte FORK = 2;

    /** Shorter ones first: none ends within the chain of another. */
    private final Pattern[] patterns;

    private final Windows windows;
    private final Tiers tiers;
    /** The first node of each pattern's chain; the last element is the number of nodes. A chain can be empty. */
    private final int[] chains;
    /** The next chain that starts at the same node, or -1. */
    private final int[] sibling;
    /** For a node where chains start the first of them; with open addressing, {@link #ROOT} is an empty place. */
    private final int[] forks;

    private final int[] forking;

    private byte[] label;
    private byte[] kind;
    private final int[] fail;

    /** Where each byte leads from the root, so that the common case costs one look. */
    private final int[] first = new int[256];
    /** Where two bytes lead: of a thousand patterns with the same first byte as well, which would be a long list. */
    private final int[][] second = new int[256][];

    Automaton(List<Pattern> all, Windows windows) {
        this.windows = windows;
        patterns = all.toArray(new Pattern[0]);
        Arrays.sort(patterns, new ByLengthAndReach());
        tiers = new Tiers(patterns, windows.texts());
        int capacity = 1;
        for (Pattern pattern : patterns) {
            capacity += pattern.length();
        }
        chains = new int[patterns.length + 1];
        sibling = new int[patterns.length];
        int places = Integer.highestOneBit(patterns.length + 1) * 4;
        forks = new int[places];
        forking = new int[places];
        label = new byte[capacity];
        kind = new byte[capacity];
        int size = 1;
        for (int i = 0; i < patterns.length; i++) {
            chains[i] = size;
            size = insert(i, size);
        }
        chains[patterns.length] = size;
        label = Arrays.copyOf(label, size);
        kind = Arrays.copyOf(kind, size);
        fail = new int[size];
        for (int start : first) {
            if (start != ROOT) {
                second[label[start] & 0xff] = childrenOf(start);
            }
        }
        link();
    }

    /** What finds the places in a text from where on to step. */
    Tiers tiers() {
        return tiers;
    }

    /** The pieces of values, which are patterns too but would make the automaton large. */
    Windows windows() {
        return windows;
    }

    /** The first place in the range where a pattern begins, as far as it is in {@code end} bytes and as that is cheap. */
    int findStart(byte[] text, int from, int to, int end) {
        for (int i = from; i < to; i++) {
            int start = text[i] & 0xff;
            if (first[start] != ROOT && (i + 1 == end || begins(second[start][text[i + 1] & 0xff], text, i + 2, end))) {
                return i;
            }
        }
        return to;
    }

    /** Whether the bytes go on as a pattern does that begins with {@code node}'s string: few are looked at. */
    private boolean begins(int node, byte[] text, int from, int end) {
        int last = Math.min(from + FEW, end);
        int at = node;
        for (int i = from; i < last && at != ROOT && (kind[at] & LAST) == 0; i++) {
            at = child(at, text[i]);
        }
        return at != ROOT;
    }

    /** The node of the longest suffix of {@code node}'s string and {@code b} with which a pattern begins. */
    int step(int node, byte b) {
        for (int at = node; at != ROOT; at = fail[at]) {
            int start = label[at] & 0xff;
            int next = first[start] == at ? second[start][b & 0xff] : child(at, b);
            if (next != ROOT) {
                return next;
            }
        }
        return first[b & 0xff];
    }

    /** The node of the longest pattern that ends at {@code node}, or the root. */
    int ending(int node) {
        int at = node;
        while (at != ROOT && (kind[at] & LAST) == 0) {
            at = fail[at];
        }
        return at;
    }

    /** The next shorter pattern that ends where the pattern of {@code at} does, or the root. */
    int nextEnding(int at) {
        return ending(fail[at]);
    }

    /** The pattern of a node that {@link #ending} or {@link #nextEnding} gave. */
    Pattern pattern(int at) {
        return leading(at);
    }

    /** Some pattern that begins with {@code node}'s string; not for the root. */
    Pattern leading(int node) {
        return patterns[chain(node)];
    }

    /** Whether any of the bytes last seen can still become part of a match. */
    boolean holds(int node) {
        return open(node) != ROOT;
    }

    /**
     * How many of the bytes last seen can still become part of a match: the longest suffix of {@code node}'s string
     * that is a proper prefix of a pattern, or a whole token of which the next byte decides.
     */
    int hold(int node) {
        int open = open(node);
        return open == ROOT ? 0 : depth(open);
    }

    /** The node here for what {@code node} of an automaton with fewer patterns has seen. */
    int nodeOf(Automaton older, int node) {
        int at = ROOT;
        if (node != ROOT) {
            byte[] seen = older.leading(node).bytes();
            int depth = older.depth(node);
            for (int i = 0; i < depth; i++) {
                at = step(at, seen[i]);
            }
        }
        return at;
    }

    /** The node of the longest suffix of {@code node}'s string that can go on, or is a token. */
    private int open(int node) {
        int at = node;
        while (at != ROOT && kind[at] == LAST && !pattern(at).token()) {
            at = fail[at];
        }
        return at;
    }

    private int depth(int node) {
        int chain = chain(node);
        return patterns[chain].length() - (chains[chain + 1] - 1 - node);
    }

    private int chain(int node) {
        int low = 0;
        int high = patterns.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chains[middle] <= node) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int child(int node, byte b) {
        if ((kind[node] & LAST) == 0 && label[node + 1] == b) {
            return node + 1;
        }
        if ((kind[node] & FORK) != 0) {
            for (int chain = forking[place(node)]; chain >= 0; chain = sibling[chain]) {
                if (label[chains[chain]] == b) {
                    return chains[chain];
                }
            }
        }
        return ROOT;
    }

    private int[] childrenOf(int node) {
        int[] children = new int[256];
        if ((kind[node] & LAST) == 0) {
            children[label[node + 1] & 0xff] = node + 1;
        }
        if ((kind[node] & FORK) != 0) {
            for (int chain = forking[place(node)]; chain >= 0; chain = sibling[chain]) {
                children[label[chains[chain]] & 0xff] = chains[chain];
            }
        }
        return children;
    }

    /** Where a fork at the node is, or would be put. */
    private int place(int node) {
        int place = (node * 0x9e3779b9) >>> 7 & (forks.length - 1);
        while (forks[place] != ROOT && forks[place] != node) {
            place = (place + 1) & (forks.length - 1);
        }
        return place;
    }

    /** Returns the number of nodes. */
    private int insert(int pattern, int size) {
        byte[] bytes = patterns[pattern].bytes();
        int node = first[bytes[0] & 0xff];
        int known = node == ROOT ? 0 : 1;
        while (node != ROOT && known < bytes.length) {
            int next = child(node, bytes[known]);
            if (next == ROOT) {
                break;
            }
            node = next;
            known++;
        }
        if (known == bytes.length) {
            return size;
        }
        if (node == ROOT) {
            first[bytes[0] & 0xff] = size;
        } else {
            int place = place(node);
            sibling[pattern] = forks[place] == node ? forking[place] : -1;
            forks[place] = node;
            forking[place] = pattern;
            kind[node] |= FORK;
        }
        int added = bytes.length - known;
        System.arraycopy(bytes, known, label, size, added);
        kind[size + added - 1] = LAST;
        return size + added;
    }

    /** Breadth first, so that a node's failure link, which is shorter, is complete before the node is looked at. */
    private void link() {
        int[] queue = new int[fail.length];
        int tail = 0;
        for (int start : first) {
            if (start != ROOT) {
                queue[tail++] = start;
            }
        }
        for (int head = 0; head < tail; head++) {
            int node = queue[head];
            if ((kind[node] & LAST) == 0) {
                fail[node + 1] = step(fail[node], label[node + 1]);
                queue[tail++] = node + 1;
            }
            if ((kind[node] & FORK) != 0) {
                for (int chain = forking[place(node)]; chain >= 0; chain = sibling[chain]) {
                    fail[chains[chain]] = step(fail[node], label[chains[chain]]);
                    queue[tail++] = chains[chain];
                }
            }
        }
    }

    /** Of the same bytes the first one counts: rather anywhere than as a token, and rather with what follows. */
    private static final class ByLengthAndReach implements Comparator<Pattern> {
        @Override
        public int compare(Pattern one, Pattern other) {
            int order = one.length() - other.length();
            if (order == 0) {
                order = Boolean.compare(one.token(), other.token());
            }
            return order == 0 ? Boolean.compare(other.widen(), one.widen()) : order;
        }
    }
}
