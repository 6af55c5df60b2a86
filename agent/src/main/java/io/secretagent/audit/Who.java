package io.secretagent.audit;

import org.jspecify.annotations.Nullable;

/** Who did what is recorded. */
public sealed interface Who {

    /** A place in a program. {@code line} is negative if it is not known. */
    record Code(String type, String method, int line) implements Who {}

    /** A thread of which no frame is the application's: a logging framework's own, for example. */
    record Worker(String thread) implements Who {}

    /**
     * Somebody at a terminal, or a job.
     *
     * @param sudo who called {@code sudo}, if anybody did
     */
    record Person(String user, @Nullable String sudo) implements Who {
        /** Who runs this process, as the system and {@code sudo} have it. */
        public static Person ofThisProcess() {
            return new Person(System.getProperty("user.name", "?"), System.getenv("SUDO_USER"));
        }
    }
}
