package io.secretagent.sink;

import java.lang.reflect.Method;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells Logback's own encoder, which masks what it encodes, from all others, so that no event is looked at twice. A
 * subclass is another one if it encodes events itself.
 */
final class UnmaskedEncoder implements UnaryOperator<@Nullable Object> {
    private final RuleTransformer transformer;

    /** Of classes that are in use, and no longer. */
    private final ClassValue<Boolean> masks = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return encoder(type).equals(LogbackRules.MASKED_ENCODER)
                    && !transformer.leftAlone(LogbackRules.MASKED_ENCODER);
        }
    };

    UnmaskedEncoder(RuleTransformer transformer) {
        this.transformer = transformer;
    }

    @Override
    public @Nullable Object apply(@Nullable Object encoder) {
        return encoder == null || masks.get(encoder.getClass()) ? null : encoder;
    }

    /** The name of the class that has the encoder's method; empty if it cannot be told. */
    private static String encoder(Class<?> type) {
        try {
            Method encode = type.getMethod("encode", Object.class);
            return encode.getDeclaringClass().getName().replace('.', '/');
        } catch (NoSuchMethodException | LinkageError e) {
            return "";
        }
    }
}
