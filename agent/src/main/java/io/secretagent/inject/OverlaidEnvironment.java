package io.secretagent.inject;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment with the overlay over it, as {@code System.getenv()} shows it: a view, since applications keep the map.
 * Like the JDK's own it refuses null and what is no string.
 */
final class OverlaidEnvironment extends AbstractMap<String, String> {
    private final Overlay overlay;

    OverlaidEnvironment(Overlay overlay) {
        this.overlay = overlay;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return overlay.environment(string(name)).get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return overlay.environment(string(name)).containsKey(name);
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return overlay.environment().containsValue(string(value));
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return overlay.environment().entrySet();
    }

    private static String string(@Nullable Object object) {
        return (String) Objects.requireNonNull(object);
    }
}
