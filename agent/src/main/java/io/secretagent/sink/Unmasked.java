package io.secretagent.sink;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells layouts and encoders of Logback that mask what they bring from all others, so that no event is looked at twice:
 * its own of patterns, which have rules by name, and those that were rewritten for {@linkplain SubclassRules what they
 * extend}.
 */
final class Unmasked implements UnaryOperator<@Nullable Object> {
    private final RuleTransformer transformer;

    /** Of classes that are in use, and no longer. */
    private final ClassValue<Boolean> masks = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                Method layout = method(type, "doLayout");
                Method encode = method(type, "encode");
                // Which of the two it is called as is not known: what could be both has to mask as both.
                return (layout != null || encode != null)
                        && (layout == null || masks(type, layout, LogbackRules.MASKED_LAYOUT))
                        && (encode == null || masks(type, encode, LogbackRules.MASKED_ENCODER));
            } catch (LinkageError e) {
                return false;
            }
        }
    };

    /** Two that mask: each event is brought by the same layout and encoder as the one before. */
    private @Nullable WeakReference<Class<?>> one;

    private @Nullable WeakReference<Class<?>> other;

    Unmasked(RuleTransformer transformer) {
        this.transformer = transformer;
    }

    @Override
    public @Nullable Object apply(@Nullable Object bringing) {
        if (bringing == null) {
            return null;
        }
        Class<?> type = bringing.getClass();
        if (is(one, type) || is(other, type)) {
            return null;
        }
        if (masks.get(type)) {
            other = one;
            one = new WeakReference<>(type);
            return null;
        }
        return bringing;
    }

    private static boolean is(@Nullable WeakReference<Class<?>> known, Class<?> type) {
        return known != null && known.refersTo(type);
    }

    private static @Nullable Method method(Class<?> type, String name) {
        try {
            return type.getMethod(name, Object.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Whether the method, or what a class below has in its place, was rewritten. */
    private boolean masks(Class<?> type, Method method, String ruled) {
        Class<?> declaring = method.getDeclaringClass();
        for (Class<?> below = type; below != null && below != declaring; below = below.getSuperclass()) {
            if (transformer.leftAlone(slashed(below))) {
                return false;
            }
        }
        return !transformer.leftAlone(slashed(declaring))
                && (slashed(declaring).equals(ruled) || transformer.masksReturned(declaring, method.getName()));
    }

    private static String slashed(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
