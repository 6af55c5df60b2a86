package io.secretagent.inject;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Whether the application has read one of its secrets by name. Looking at all properties at once is no such read. */
final class AnyRead implements UnaryOperator<@Nullable Object>, BooleanSupplier {
    private volatile Set<String> names = new HashSet<>();
    private volatile boolean any;

    /** These are the names of secrets. */
    void watch(Set<String> names) {
        this.names = names;
    }

    @Override
    public @Nullable Object apply(@Nullable Object name) {
        if (!any && names.contains(name)) {
            any = true;
        }
        return name;
    }

    @Override
    public boolean getAsBoolean() {
        return any;
    }
}
