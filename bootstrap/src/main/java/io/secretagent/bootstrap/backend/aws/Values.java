package io.secretagent.bootstrap.backend.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** What both operations answer with, read alike. */
final class Values {

    /** The value, or null if the answer has none, as no answer of the real store does. */
    static @Nullable Outcome found(
            @Nullable String text, @Nullable SdkBytes binary, @Nullable String version, @Nullable Instant created) {
        if (text != null) {
            return found(text.getBytes(UTF_8), version, created);
        }
        // Unsafe says that the array is not copied: there should be one copy, which the fetch wipes.
        return binary == null ? null : found(binary.asByteArrayUnsafe(), version, created);
    }

    private static Outcome found(byte[] value, @Nullable String version, @Nullable Instant created) {
        return new Outcome.Found(new Content.Bytes(value, Content.Format.JSON), version, created);
    }

    private Values() {}
}
