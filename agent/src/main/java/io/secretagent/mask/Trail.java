package io.secretagent.mask;

import org.jspecify.annotations.Nullable;

/** The last bytes that were looked at one by one, as {@link Windows} takes them. */
final class Trail {
    private long older;
    private long newer;
    private int length;

    void add(byte b) {
        older = (older << 8) | (newer >>> 56);
        newer = (newer << 8) | (b & 0xff);
        length = Math.min(length + 1, Windows.LENGTH);
    }

    void forget() {
        length = 0;
    }

    /** The mask of the window that ends with the last byte; null if none does. */
    byte @Nullable [] mask(Windows windows) {
        return length == Windows.LENGTH && !windows.isEmpty() ? windows.mask(older, newer) : null;
    }

    /** How many of the bytes may be the beginning of a window: that many or fewer. */
    int beginning(Windows windows) {
        return windows.beginning(older, newer, length);
    }

    /** What the bytes are of a text's, if that is enough to give it away; null otherwise. */
    Windows.@Nullable Piece piece(Windows windows) {
        return windows.piece(older, newer, length);
    }
}
