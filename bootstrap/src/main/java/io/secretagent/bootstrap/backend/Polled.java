package io.secretagent.bootstrap.backend;

/** What a look at one location told somebody who has read it before. */
public sealed interface Polled {

    /**
     * It is there, and its content was not read.
     *
     * @param mark what tells one content from another; the version, if it is known by that
     * @param exact whether two contents never have the same mark. The time of a change is not exact: there can be two
     *     changes within its unit, and only the first of them was seen
     */
    record Marked(String mark, boolean exact) implements Polled {}

    /** Its content was read after all, or it could not be had. */
    record Read(Outcome outcome) implements Polled {}
}
