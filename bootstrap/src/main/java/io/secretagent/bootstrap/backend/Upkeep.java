package io.secretagent.bootstrap.backend;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of renewing what a store has lent.
 *
 * @param next when it is time again, or null if nothing is lent
 * @param ending what cannot be renewed any more and is to be read anew, before it ends
 */
public record Upkeep(@Nullable Duration next, Set<Location> ending) {
    /** Nothing is lent. */
    public static final Upkeep NONE = new Upkeep(null, Set.of());

    public Upkeep {
        ending = Set.copyOf(ending);
    }
}
