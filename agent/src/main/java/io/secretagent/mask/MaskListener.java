package io.secretagent.mask;

import org.jspecify.annotations.Nullable;

/** Is told that a mask was needed. */
public interface MaskListener {

    /**
     * A mask was put in a value's place, by this thread. It may hold any lock of the application's: whoever is told comes
     * back at once, and throws nothing.
     *
     * @param name what the value was {@linkplain Masker#add added} as
     * @param stream what it was written to, or null if it was in a text that was not written yet
     */
    void masked(String name, @Nullable MaskingStream stream);
}
