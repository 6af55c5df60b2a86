package io.secretagent.mask;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Masks text that comes in pieces: the output is the same for every split of the input. From left to right it is decided
 * for each byte whether a match begins there. From the first one on for which more of the input is needed, all is held
 * back: the longest suffix of the input that is a proper prefix of a pattern, or what may be the beginning of a window.
 * (A matcher that goes on behind what did not match, instead of at the next byte, lets {@code aab-secret} through when
 * it is written as {@code aa} and {@code ab-secret}.)
 *
 * <p>Not safe for use by several threads.
 */
final class StreamMasker {
    /** How many bytes of the input are first looked at together with those that are held. */
    private static final int JOINT = 32;

    private static final byte[] NONE = {};

    private final Decided decided = new Decided();
    private Index index;
    /** The bytes that are not decided. After a pause they are output all the same. */
    private byte[] kept = NONE;

    private int count;
    /** Where in the input these begin, and the byte in front of them. */
    private long from;

    private byte before;

    StreamMasker(Index index) {
        this.index = index;
    }

    /** A whole text with masks, given that no match begins in front of {@code first}; the same array if there is none. */
    static byte[] mask(Index index, byte[] text, int offset, int length, int first, @Nullable Told told) {
        StreamMasker masker = new StreamMasker(index);
        int end = offset + length;
        masker.output().mayLend(text);
        masker.output().expect(length);
        masker.from = (long) first - offset;
        masker.before = first > offset ? text[first - 1] : 0;
        masker.advance(text, first, masker.decide(text, first, end, end, true));
        if (told != null) {
            told.tell(masker.takeMasks(), null);
        }
        return masker.decided.masked() ? masker.output().take() : text;
    }

    /** Goes on with an index that has all patterns of the current one. */
    void use(Index newer) {
        index = newer;
    }

    void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        output().mayLend(bytes);
        decided.widen(bytes, at, end);
        while (count > 0 && at < end) {
            int held = count;
            int more = Math.min(end - at, Math.max(JOINT, held));
            keep(bytes, at, more);
            at += more;
            int to = decide(kept, 0, held, count, false);
            advance(kept, 0, to);
            decided.widen(bytes, at, end);
            count -= to;
            if (to == held) {
                // What is left is in the array as well.
                at -= count;
                count = 0;
            } else {
                System.arraycopy(kept, to, kept, 0, count);
            }
        }
        if (at < end) {
            int to = decide(bytes, at, end, end, false);
            advance(bytes, at, to);
            keep(bytes, to, end - to);
        }
    }

    /**
     * The input pauses: what is held goes out, as a mask where it is {@value Windows#TELLING} bytes or more of a value.
     * The place in the value is kept, so that the rest of it is masked when it comes.
     */
    void pause() {
        int start = 0;
        int open = Patterns.NONE;
        while (start < count && open >= Patterns.NONE) {
            open = index.patterns().at(kept, start++, count, 0, false);
        }
        byte[] mask = NONE;
        if (open < Patterns.NONE && count - start + 1 >= Windows.TELLING) {
            start--;
            if (endsWithin(start)) {
                start = count;
            } else {
                mask = index.patterns().mask(Patterns.open(open));
            }
        } else {
            start = count;
        }
        // That these may begin a window is not enough: a prompt must not become a mask.
        boolean mayBegin = count - index.windows().beginning(kept, 0, count) >= Windows.TELLING;
        Windows.Piece piece = mayBegin ? index.windows().piece(kept, count) : null;
        if (piece != null && count - piece.length() < start) {
            start = count - piece.length();
            mask = piece.mask();
        }
        decide(kept, 0, start, count, true);
        if (start < count) {
            decided.mask(kept, from, start, count, mask);
        }
        decided.show(kept, from, count);
    }

    /** Whether a match begins there, and so little follows it that may belong to a longer one that it can be shown. */
    private boolean endsWithin(int start) {
        int whole = index.patterns().at(kept, start, count, inFrontOf(kept, 0, start), true);
        return whole != Patterns.NONE && count - index.patterns().end(whole, kept, start, count) < Windows.TELLING;
    }

    /** The input ends: what is held goes out, for it has become part of no match. */
    void finish() {
        advance(kept, 0, decide(kept, 0, count, count, true));
        count = 0;
        decided.end();
    }

    /** The masks that were put since the last call, each once; null for none. */
    byte @Nullable [][] takeMasks() {
        return decided.takeMasks();
    }

    /** Whether input is held back. */
    boolean holds() {
        return decided.shown() < from + count;
    }

    /** The output since the last call. */
    byte[] takeOutput() {
        return output().take();
    }

    /** The output, of which a part may be in the array that was written last. */
    Output output() {
        return decided.output();
    }

    /**
     * Masks what begins in the range, of which the first byte is the first one that is not decided.
     *
     * @param to the end of what may be looked at
     * @param ended whether nothing follows there
     * @return the first place of which what follows decides, or the end of the range
     */
    private int decide(byte[] text, int start, int end, int to, boolean ended) {
        Patterns patterns = index.patterns();
        Windows windows = index.windows();
        long origin = from - start;
        int last = ended ? end : Math.min(end, windows.beginning(text, start, to));
        int at = start;
        while (at < last) {
            at = ended ? index.find(text, at, to) : index.findOpen(text, at, to);
            // Behind that only the end is left, where nothing was found.
            int near = to - at < Windows.LENGTH ? last : Math.min(at + Index.NEAR, last);
            boolean pieces = index.piecesMayBegin(text, at, to);
            for (; at < near; at++) {
                if (!pieces) {
                    at = index.findBeginning(text, at, near, to);
                    if (at == near) {
                        break;
                    }
                }
                int matchEnd = at;
                byte[] mask = NONE;
                if (index.mayBegin(text, at, to)) {
                    int pattern = patterns.at(text, at, to, inFrontOf(text, start, at), ended);
                    if (pattern < Patterns.NONE) {
                        return at;
                    }
                    if (pattern != Patterns.NONE) {
                        matchEnd = patterns.end(pattern, text, at, to);
                        mask = patterns.mask(pattern);
                        if (matchEnd == to && !ended) {
                            decided.mayWiden(patterns.wider(pattern, matchEnd - at));
                        }
                    }
                }
                if (pieces
                        && Math.max(matchEnd, decided.maskedTo() - origin) < at + Windows.LENGTH
                        && windows.isAt(text, at, to)) {
                    matchEnd = at + Windows.LENGTH;
                    mask = windows.mask(text, at);
                }
                if (matchEnd > at) {
                    decided.mask(text, origin, at, matchEnd, mask);
                }
            }
        }
        return Math.min(at, end);
    }

    /** The byte in front of one of those that start at {@code start}; no word's if a pause let it go. */
    private byte inFrontOf(byte[] text, int start, int at) {
        if (from + (at - start) < decided.shown()) {
            return 0;
        }
        return at == start ? before : text[at - 1];
    }

    /** Goes on to a place up to which all is decided. */
    private void advance(byte[] text, int start, int to) {
        decided.show(text, from - start, to);
        if (to > start) {
            before = text[to - 1];
            from += to - start;
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (length > kept.length - count) {
            kept = Arrays.copyOf(kept, Math.max(JOINT, 2 * (count + length)));
        }
        System.arraycopy(bytes, offset, kept, count, length);
        count += length;
    }
}
