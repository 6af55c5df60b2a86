package io.secretagent.bootstrap.backend;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of reading one location. */
public sealed interface Outcome {

    /**
     * It is there.
     *
     * @param version as the store names it, or null where it has none
     * @param changed when this version was made, or null where the store does not say
     * @param lease how long it lasts unless it is renewed, or null for what the store keeps
     */
    record Found(
            Content content,
            @Nullable String version,
            @Nullable Instant changed,
            @Nullable Duration lease) implements Outcome {

        /** What the store keeps. */
        public Found(Content content, @Nullable String version, @Nullable Instant changed) {
            this(content, version, changed, null);
        }

        /** Never the content. */
        @Override
        public String toString() {
            return "Found[version=" + version + "]";
        }
    }

    /** It could not be had. */
    record Failed(Failure failure) implements Outcome {}
}
