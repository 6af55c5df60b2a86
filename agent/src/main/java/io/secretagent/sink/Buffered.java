package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetEncoder;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Log4j 2's way of text into buffers, where an event is looked at once: as bytes, when the buffer is written, if it is in
 * it whole, and otherwise as text before it is encoded.
 */
final class Buffered {
    private static final int MOST_BYTES_OF_A_CHARACTER = 3;

    /** The buffer if it may not take the whole text, null if it does. */
    record Tight() implements BinaryOperator<@Nullable Object> {
        @Override
        public @Nullable Object apply(@Nullable Object buffer, @Nullable Object text) {
            int characters = ((CharSequence) Objects.requireNonNull(text)).length();
            Buffer room = (Buffer) Objects.requireNonNull(buffer);
            boolean takes = room instanceof ByteBuffer
                    ? characters <= room.remaining() / MOST_BYTES_OF_A_CHARACTER
                    : characters <= room.capacity();
            return takes ? null : buffer;
        }
    }

    /** The destination, null if it masks what it writes and the charset is one whose bytes are known in every form. */
    static final class Unscanned implements BinaryOperator<@Nullable Object> {
        private final RuleTransformer transformer;

        /** Of classes that are in use, and no longer. */
        private final ClassValue<Boolean> scans = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                String name = type.getName().replace('.', '/');
                return Log4jRules.MASKED_DESTINATIONS.contains(name)
                        && !transformer.leftAlone(Log4jRules.DESTINATION_HELPER)
                        && !transformer.leftAlone(Log4jRules.DESTINATION)
                        && !transformer.leftAlone(name);
            }
        };

        Unscanned(RuleTransformer transformer) {
            this.transformer = transformer;
        }

        @Override
        public @Nullable Object apply(@Nullable Object destination, @Nullable Object encoder) {
            boolean scanned =
                    ((CharsetEncoder) Objects.requireNonNull(encoder)).charset().equals(UTF_8)
                            && destination != null
                            && scans.get(destination.getClass());
            return scanned ? null : destination;
        }
    }

    /** What would be cut at the end of the buffer is masked in front of it. */
    record Whole(AnyText mask) implements BinaryOperator<@Nullable Object> {
        @Override
        public @Nullable Object apply(@Nullable Object bytes, @Nullable Object buffer) {
            ByteBuffer source = (ByteBuffer) Objects.requireNonNull(bytes);
            if (!source.hasArray() || source.remaining() <= ((ByteBuffer) Objects.requireNonNull(buffer)).remaining()) {
                return source;
            }
            Object masked = mask.apply(source);
            if (masked != source) {
                // As the method that takes the masked bytes would leave them.
                source.position(source.limit());
            }
            return masked;
        }
    }

    private Buffered() {}
}
