package io.secretagent.mask;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who is told which secrets were masked. Nothing is kept of any until there is somebody. */
final class Told {
    /** By the mask's array itself: the masks of two secrets may read the same. */
    private final Map<Mask, String> names = new ConcurrentHashMap<>();

    private volatile @Nullable MaskListener listener;

    void listen(MaskListener to) {
        listener = to;
    }

    /** From now on these are known to be of the secret with this name. */
    void know(PatternList patterns, String name) {
        if (listener == null) {
            return;
        }
        byte[] last = {};
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.mask(i) != last) {
                last = patterns.mask(i);
                names.putIfAbsent(new Mask(last), name);
            }
        }
    }

    /**
     * Tells of masks.
     *
     * @param masks as {@link #with} makes them, or null for none
     */
    void tell(byte @Nullable [][] masks, @Nullable MaskingStream stream) {
        if (masks == null) {
            return;
        }
        MaskListener to = listener;
        if (to == null) {
            return;
        }
        for (byte[] mask : masks) {
            String name = names.get(new Mask(mask));
            if (name != null) {
                to.masked(name, stream);
            }
        }
    }

    /** The masks with one more, if that is another. */
    static byte[][] with(byte @Nullable [][] masks, byte[] mask) {
        if (masks == null) {
            return new byte[][] {mask};
        }
        for (byte[] known : masks) {
            if (known == mask) {
                return masks;
            }
        }
        byte[][] more = Arrays.copyOf(masks, masks.length + 1);
        more[masks.length] = mask;
        return more;
    }

    private static final class Mask {
        final byte[] bytes;

        Mask(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mask mask && mask.bytes == bytes;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(bytes);
        }
    }
}
