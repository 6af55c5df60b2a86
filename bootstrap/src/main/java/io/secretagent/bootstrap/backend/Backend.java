package io.secretagent.bootstrap.backend;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured store of secrets, as the fetch, the refresh and the rotation see it. One thread uses it; it may use more inside.
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
     * Looks whether any of what was read before has changed, in as few calls as the store allows, and without reading
     * values where that takes no more of them.
     *
     * @return an answer for every location; failures are answers, never exceptions
     */
    Map<Location, Polled> poll(Set<Location> wanted, Deadline deadline);

    /**
     * Renews what the store has lent, such as a token, if it is time. Who calls it stays until {@link #close}, which
     * then gives back what was lent for longer than a fetch.
     */
    default Upkeep renew(Deadline deadline) {
        return Upkeep.NONE;
    }

    /**
     * Lists the names below a prefix, never a value.
     *
     * @param prefix what the names begin with, or empty for all of them
     * @return failures are answers, never exceptions
     */
    Listing list(String prefix, Deadline deadline);

    /**
     * Stores new content in place of what was seen, which the store keeps so that {@link #previous} finds it.
     *
     * <p>Where the store can, it refuses if somebody else has written since; where it cannot, the write may overwrite
     * what came in the last moment, and a look before it finds the rest.
     *
     * @param seen what the content was made from
     * @throws BackendException with {@link Failure.Kind#CONFLICT} if somebody else has written since. After a failure on
     *     the way it is not known whether the content was stored: who called reads it again
     */
    void replace(Location location, Content content, Outcome.Found seen, Deadline deadline) throws BackendException;

    /**
     * Where the content stands that was current before.
     *
     * @param seen what is current
     * @throws BackendException if the store has none, or keeps none
     */
    Location previous(Location location, Outcome.Found seen, Deadline deadline) throws BackendException;

    /**
     * Takes out of use what {@link #replace} has replaced, which may be in the wrong hands.
     *
     * @param seen what was replaced
     * @return what has become of it, such as {@code deleted}; null if the store keeps no version that could be
     * @throws BackendException if nothing was done, since it may not be
     */
    @Nullable String retire(Location location, Outcome.Found seen, Deadline deadline) throws BackendException;

    /**
     * Who the store takes us for, in its own words, once something was asked of it: an ARN, a client id, a token's
     * accessor. For the audit; it may ask the store, but for nothing that takes a permission.
     *
     * @return null if it has no such thing or does not say it in time
     */
    default @Nullable String identity(Deadline deadline) {
        return null;
    }

    /** Gives back what was acquired: connections, tokens obtained by a login. Never fails aloud. */
    @Override
    default void close() {}
}
