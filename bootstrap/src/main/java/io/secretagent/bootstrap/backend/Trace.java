package io.secretagent.bootstrap.backend;

import org.jspecify.annotations.Nullable;

/**
 * What {@code SECRET_AGENT_DEBUG=1} shows of an exception: the types of the chain and their frames. Never a message:
 * an SDK puts requests, answers and tokens there.
 */
public final class Trace {
    private static final boolean WANTED = "1".equals(System.getenv("SECRET_AGENT_DEBUG"));
    private static final int LONGEST_CHAIN = 10;

    /** Prints to stderr if traces are wanted. */
    public static void print(@Nullable Throwable thrown) {
        Throwable next = WANTED ? thrown : null;
        for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
            System.err.println("secret-agent: " + (i == 0 ? "" : "caused by ")
                    + next.getClass().getName());
            for (StackTraceElement frame : next.getStackTrace()) {
                System.err.println("secret-agent:     at " + frame);
            }
            next = next.getCause();
        }
    }

    private Trace() {}
}
