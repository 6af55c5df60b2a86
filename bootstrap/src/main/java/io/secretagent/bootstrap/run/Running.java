package io.secretagent.bootstrap.run;

/** A command that has been started. */
interface Running {

    /**
     * Hands on a signal.
     *
     * @param ofTerminal whether the real terminal sent it to this process' whole group
     * @return false if the command has ended
     */
    boolean signal(int signal, boolean ofTerminal);

    /** Waits for its end, and returns its exit code, or 128 and the number of the signal that ended it. */
    int await(boolean orphans);

    /** Leaves the real terminal as it was found. */
    void leave();

    /** The same when it ended with this code and all its output is written. */
    void ended(int code);
}
