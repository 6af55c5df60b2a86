package io.secretagent.bootstrap.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of asking about one location without its value. */
public sealed interface Described {

    /**
     * It is there.
     *
     * @param version as the store names it, or null where it has none
     * @param changed when this version was made, or null where the store does not say
     * @param lacks the permission for want of which the value had to be read after all, or null
     */
    record Known(
            @Nullable String version,
            @Nullable Instant changed,
            @Nullable String lacks) implements Described {}

    /** It could not be told. */
    record Failed(Failure failure) implements Described {}

    /** What reading the value told besides the value. */
    static Described of(Outcome outcome, @Nullable String lacks) {
        if (outcome instanceof Outcome.Found found) {
            return new Known(found.version(), found.changed(), lacks);
        }
        return new Failed(((Outcome.Failed) outcome).failure());
    }
}
