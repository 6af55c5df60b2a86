package io.secretagent.mask;

import org.jspecify.annotations.Nullable;

/**
 * Masks text that comes in pieces: the output is the same for every split of the input. What could still become part
 * of a match is held back: the longest suffix of the input that is a proper prefix of a pattern, or what may be the
 * beginning of a window. (A matcher that starts over after a mismatch instead of falling back lets {@code aab-secret}
 * through when it is written as {@code aa} and {@code ab-secret}.)
 *
 * <p>Most of the input is passed over by the quick search. From where that finds something on, bytes are looked at one
 * by one, until no pattern is under way and no window, be it one that began just before.
 *
 * <p>Not safe for use by several threads.
 */
final class StreamMasker {
    /** How many bytes the quick search is followed by a closer look before it is asked again. */
    private static final int NEAR = 8;

    /** How many bytes are held before those are let go that need not be, which is more work than to hold them. */
    private static final int ROOM = 256;

    private final Held held = new Held();
    private final Widening widening = new Widening(held);
    private final Trail trail = new Trail();
    private int room = ROOM;
    private Automaton automaton;
    private Windows windows;
    private int node = Automaton.ROOT;
    /** How many of the last bytes may be the beginning of a window, be they held or let go in a pause. */
    private int beginning;

    StreamMasker(Automaton automaton) {
        this.automaton = automaton;
        windows = automaton.windows();
    }

    /** Goes on with an automaton that has all patterns of the current one. */
    void use(Automaton newer) {
        if (newer != automaton) {
            node = newer.nodeOf(automaton, node);
            automaton = newer;
            windows = newer.windows();
        }
    }

    void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        if (goesNotOn(bytes, offset, length)) {
            node = Automaton.ROOT;
            beginning = 0;
            held.release(held.count());
            at = pass(bytes, at, end);
        }
        // A window that goes on behind what is looked at one by one begins within its last bytes.
        int reach = windows.isEmpty() ? 0 : Windows.REACH;
        for (int taken = 1; at < end; taken++) {
            accept(bytes[at++]);
            // By more than what is given back, so that the quick search does not find the same again.
            if (node == Automaton.ROOT && !widening.isOpen() && taken > reach && held.isClean(reach)) {
                held.release(held.count() - reach);
                held.forget();
                at = pass(bytes, at - reach, end);
                taken = 0;
            }
        }
        beginning = trail.beginning(windows);
        hold(beginning);
    }

    /**
     * The input pauses: what is held goes out, as a mask where it is {@value Windows#TELLING} bytes or more of a value.
     * The place in the value is kept, so that the rest of it is masked when it comes.
     */
    void pause() {
        endTokens((byte) 0);
        int hold = automaton.hold(node);
        if (hold >= Windows.TELLING) {
            held.match(hold, automaton.leading(node).mask());
        }
        // That these may begin a window is not enough: a prompt must not become a mask.
        Windows.Piece piece = beginning >= Windows.TELLING ? trail.piece(windows) : null;
        if (piece != null) {
            held.match(piece.length(), piece.mask());
        }
        held.release(held.count());
    }

    /** The input ends: what is held goes out, for it has become part of no match. */
    void finish() {
        endTokens((byte) 0);
        held.release(held.count());
        node = Automaton.ROOT;
        widening.end();
        trail.forget();
        beginning = 0;
    }

    /** Whether input is held back. */
    boolean holds() {
        return held.count() > 0;
    }

    /** Whether anything was masked so far. */
    boolean masked() {
        return held.masked();
    }

    /** Makes room for that much output at once. */
    void expect(int length) {
        output().expect(length);
    }

    /** The output since the last call. */
    byte[] takeOutput() {
        return output().take();
    }

    /** The output, of which a part may be in the array that was written last. */
    Output output() {
        return held.output();
    }

    /** Whether nothing that began before goes on with the bytes: all there is of it is held, and no match. */
    private boolean goesNotOn(byte[] bytes, int offset, int length) {
        int count = held.count();
        if (widening.isOpen()
                || count > Windows.REACH
                || count < beginning
                || count < automaton.hold(node)
                || !held.isClean(count)) {
            return false;
        }
        if (count == 0) {
            return true;
        }
        int end = count + Math.min(length, Windows.LENGTH);
        byte[] joint = held.joint(bytes, offset, end - count);
        return windows.find(joint, 0, automaton.findStart(joint, 0, count, end), end) == count;
    }

    /** Outputs what has nothing in it, while none is held, and returns where something may be. */
    private int pass(byte[] bytes, int from, int end) {
        int at = from;
        int near;
        do {
            at = automaton.tiers().findOpen(bytes, at, end);
            near = Math.min(at + NEAR, end);
            at = windows.find(bytes, at, automaton.findStart(bytes, at, near, end), end);
        } while (at == near && at < end);
        held.pass(bytes, from, at - from);
        trail.forget();
        return at;
    }

    private void accept(byte b) {
        endTokens(b);
        node = automaton.step(node, b);
        held.add(b);
        widening.add(b);
        for (int ending = automaton.ending(node); ending != Automaton.ROOT; ending = automaton.nextEnding(ending)) {
            Pattern pattern = automaton.pattern(ending);
            if (!pattern.token()) {
                held.match(pattern.length(), pattern.mask());
                widening.start(pattern);
            }
        }
        if (!automaton.holds(node)) {
            node = Automaton.ROOT;
        }
        trail.add(b);
        byte @Nullable [] mask = trail.mask(windows);
        if (mask != null) {
            held.match(Windows.LENGTH, mask);
        }
        if (held.count() >= room) {
            hold(windows.isEmpty() ? 0 : Windows.REACH);
        }
    }

    /** Lets go of what can become part of no match, given how many bytes may begin a window. */
    private void hold(int beginning) {
        int hold = Math.min(held.count(), Math.max(automaton.hold(node), beginning));
        held.release(held.count() - hold);
        room = 2 * hold + ROOM;
    }

    /** Decides about the tokens that ended just before the byte {@code next}. */
    private void endTokens(byte next) {
        for (int ending = automaton.ending(node); ending != Automaton.ROOT; ending = automaton.nextEnding(ending)) {
            Pattern pattern = automaton.pattern(ending);
            if (pattern.token() && !Ascii.isWord(next) && !Ascii.isWord(held.inFrontOf(pattern.length()))) {
                held.match(pattern.length(), pattern.mask());
            }
        }
    }
}
