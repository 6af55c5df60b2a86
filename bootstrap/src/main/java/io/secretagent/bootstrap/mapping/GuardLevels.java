package io.secretagent.bootstrap.mapping;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code guards:}, the switches of a mapping or of an entry.
 *
 * @param named by guard
 * @param all for the guards that are not named, or null for each guard's own
 */
public record GuardLevels(Map<Guard, Guard.Level> named, Guard.@Nullable Level all) {

    /** No switch is set. */
    public static final GuardLevels UNSET = new GuardLevels(Map.of(), null);

    public GuardLevels {
        named = Map.copyOf(named);
    }

    /** These switches, and those of the mapping where these say nothing. */
    public GuardLevels within(GuardLevels mapping) {
        if (all != null) {
            return this;
        }
        Map<Guard, Guard.Level> merged = new EnumMap<>(Guard.class);
        merged.putAll(mapping.named);
        merged.putAll(named);
        return new GuardLevels(merged, mapping.all);
    }

    /** The finding as a problem, or null if its guard is off. */
    public @Nullable Problem problem(Guard guard, Place place, String what, String mend) {
        Guard.Level level = named.getOrDefault(guard, all == null ? guard.level() : all);
        if (level == Guard.Level.OFF) {
            return null;
        }
        return new Problem(
                level == Guard.Level.ERROR ? Problem.Severity.ERROR : Problem.Severity.WARNING,
                place,
                guard.code(),
                what,
                mend + " (guards: {" + guard.code() + ": off} turns this off)");
    }
}
