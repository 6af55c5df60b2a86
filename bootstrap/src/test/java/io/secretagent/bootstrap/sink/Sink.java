package io.secretagent.bootstrap.sink;

import java.util.Set;

/**
 * A place that a framework logs to.
 *
 * @param name of a file, if it is one, without what comes after
 * @param shown the ways that it has a place for, which must be there and masked
 */
record Sink(String name, Source source, Set<Way> shown) {

    /** Where the test finds what came. */
    enum Source {
        OUT,
        STREAMS,
        FILE,
        /** In UTF-16. */
        WIDE,
        /** A file of serialised events. */
        EVENTS,
        SOCKET,
        DATAGRAMS,
        MORE_DATAGRAMS,
        MAIL,
        HTTP
    }
}
