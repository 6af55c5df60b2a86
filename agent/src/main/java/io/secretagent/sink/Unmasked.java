package io.secretagent.sink;

import java.lang.reflect.Method;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells Logback's own layout of patterns and its encoder, which mask what they bring, from all others, so that no event
 * is looked at twice. A subclass is another one if it has the method itself.
 */
final class Unmasked implements UnaryOperator<@Nullable Object> {
    private final RuleTransformer transformer;

    /** Of classes that are in use, and no longer. */
    private final ClassValue<Boolean> masks = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return has(type, "doLayout", LogbackRules.MASKED_LAYOUT)
                    || has(type, "encode", LogbackRules.MASKED_ENCODER);
        }
    };

    Unmasked(RuleTransformer transformer) {
        this.transformer = transformer;
    }

    @Override
    public @Nullable Object apply(@Nullable Object bringing) {
        return bringing == null || masks.get(bringing.getClass()) ? null : bringing;
    }

    /** Whether the method is that of the ruled class, and was rewritten. */
    private boolean has(Class<?> type, String name, String ruled) {
        try {
            Method method = type.getMethod(name, Object.class);
            return method.getDeclaringClass().getName().replace('.', '/').equals(ruled)
                    && !transformer.leftAlone(ruled);
        } catch (NoSuchMethodException | LinkageError e) {
            return false;
        }
    }
}
