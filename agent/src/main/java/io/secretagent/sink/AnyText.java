package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The masker as the bridge calls it: by what kind of text it is given. */
record AnyText(Masker masker) implements UnaryOperator<@Nullable Object> {

    @Override
    public @Nullable Object apply(@Nullable Object text) {
        if (text instanceof String string) {
            return masker.mask(string);
        }
        if (text instanceof byte[] bytes) {
            return masker.mask(bytes);
        }
        if (text instanceof StringBuilder builder) {
            masker.mask(builder);
        } else if (text instanceof ByteBuffer range) {
            byte[] bytes = range.array();
            byte[] masked = masker.mask(bytes, range.arrayOffset() + range.position(), range.remaining());
            return masked == bytes ? range : ByteBuffer.wrap(masked);
        }
        return text;
    }
}
