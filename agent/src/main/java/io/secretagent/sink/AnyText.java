package io.secretagent.sink;

import io.secretagent.mask.Masker;
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
        }
        return text;
    }
}
