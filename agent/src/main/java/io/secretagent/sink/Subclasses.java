package io.secretagent.sink;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites what extends a class that {@link SubclassRules} knows, whose names nobody can know: when its first
 * object is made, before the constructor ends. Later objects of it cost a look-up. Not on the way of what is logged.
 */
final class Subclasses implements UnaryOperator<@Nullable Object> {
    private final RuleTransformer transformer;

    /** Of classes that are in use, and no longer. */
    private final ClassValue<AtomicBoolean> rewritten = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    Subclasses(RuleTransformer transformer) {
        this.transformer = transformer;
    }

    /** An object of a subclass was made. */
    @Override
    public @Nullable Object apply(@Nullable Object made) {
        if (made != null) {
            rewrite(made.getClass());
        }
        return made;
    }

    /**
     * Rewrites those that the class extends and then itself, unless they are done or the JDK's own, which have rules by
     * name. A class of whose objects two threads make the first at once may be rewritten twice, to the same: neither
     * waits for the other, which may hold the lock of a logger, and neither goes on with a class that is not masked yet.
     */
    void rewrite(@Nullable Class<?> type) {
        if (type == null || type.getClassLoader() == null) {
            return;
        }
        AtomicBoolean done = rewritten.get(type);
        if (!done.get()) {
            rewrite(type.getSuperclass());
            if (transformer.isSubclass(type)) {
                transformer.rewrite(type);
            }
            done.set(true);
        }
    }
}
