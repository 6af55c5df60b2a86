package io.secretagent.bootstrap.backend;

import java.util.Map;
import java.util.Set;

/**
 * A configured store of secrets, as the fetch sees it. One thread uses it; it may use more inside.
 */
public interface Backend extends AutoCloseable {

    /**
     * Reads everything that is wanted from this backend, each location at most once, in as few calls as the store
     * allows.
     *
     * @return an outcome for every location; failures are outcomes, never exceptions
     */
    Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline);

    /**
     * Asks for version and last change of each location, without reading a value where the store has a way to.
     *
     * @return an answer for every location; failures are answers, never exceptions
     */
    Map<Location, Described> describe(Set<Location> wanted, Deadline deadline);

    /**
     * Lists the names below a prefix, never a value.
     *
     * @param prefix what the names begin with, or empty for all of them
     * @return failures are answers, never exceptions
     */
    Listing list(String prefix, Deadline deadline);

    /** Gives back what the fetch acquired: connections, tokens obtained by a login. Never fails aloud. */
    @Override
    default void close() {}
}
