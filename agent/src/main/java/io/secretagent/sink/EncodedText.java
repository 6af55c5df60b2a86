package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.mask.Masker;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Encodes text as {@code String.getBytes} does, masked: in UTF-8 the bytes, which is the same and quicker, in any other
 * charset the text, for there bytes are not known in every form.
 */
record EncodedText(Masker masker) implements BinaryOperator<@Nullable Object> {

    @Override
    public Object apply(@Nullable Object text, @Nullable Object charset) {
        String string = (String) Objects.requireNonNull(text);
        Charset to = (Charset) Objects.requireNonNull(charset);
        return to.equals(UTF_8)
                ? masker.mask(string.getBytes(UTF_8))
                : masker.mask(string).getBytes(to);
    }
}
