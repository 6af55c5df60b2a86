package io.secretagent.bootstrap.backend;

import java.util.SortedMap;

/** What came of asking a store for the names of what it has. */
public sealed interface Listing {

    /**
     * The names below a prefix.
     *
     * @param names what can be read, each with what the store told of it besides its value
     * @param leftOut what cannot be read as it is now, such as a disabled secret, each with the reason
     * @param complete whether that is all there is, and not only the first of it
     */
    record Found(SortedMap<String, Described.Known> names, SortedMap<String, String> leftOut, boolean complete)
            implements Listing {}

    /** They could not be had. */
    record Failed(Failure failure) implements Listing {}
}
