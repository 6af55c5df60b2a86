package io.secretagent.bootstrap.backend;

/**
 * Why a location could not be read.
 *
 * @param why one clause without a value: {@code "denied by policy (403)"}
 * @param mend one clause that says what to do: {@code "grant read on secret/data/app to role paracle"}
 * @param general whether it is of the whole backend, or of who asks, and says nothing of what was asked for
 */
public record Failure(Kind kind, String why, String mend, boolean general) {

    /** Of what was asked for. */
    public Failure(Kind kind, String why, String mend) {
        this(kind, why, mend, false);
    }

    /** The same, of the whole backend. */
    public Failure inGeneral() {
        return new Failure(kind, why, mend, true);
    }

    /** A defect of ours or of an SDK; told by its type, since its message could hold anything. */
    public static Failure defect(Throwable thrown) {
        Trace.print(thrown);
        return new Failure(
                Kind.INTERNAL,
                "internal error (" + thrown.getClass().getName() + ")",
                "set SECRET_AGENT_DEBUG=1 to see where, and report it");
    }

    /** Decides the exit code and whether another attempt can help. */
    public enum Kind {
        /** The mapping asks for what the store cannot have. */
        INVALID(78, false),
        /** The store knows who asks, and refuses; or refuses to say who asks. */
        DENIED(77, false),
        NOT_FOUND(66, false),
        /** Switched off, expired, deleted but recoverable, not yet valid. */
        DISABLED(66, false),
        /** Somebody else has changed it since it was read. */
        CONFLICT(75, false),
        /** No answer, or an answer that does not come from the store. */
        UNREACHABLE(69, true),
        /** 429, or the store's own word for it. */
        THROTTLED(69, true),
        /** 5xx, sealed, standby. */
        UNAVAILABLE(69, true),
        /** A server is there, and it is not the one that is trusted: another attempt cannot help. */
        UNTRUSTED(69, false),
        /** The deadline of the whole fetch passed first. */
        TIMED_OUT(69, false),
        /** A defect of ours or of an SDK. */
        INTERNAL(70, false);

        private final int exitCode;
        private final boolean transientFault;

        Kind(int exitCode, boolean transientFault) {
            this.exitCode = exitCode;
            this.transientFault = transientFault;
        }

        public int exitCode() {
            return exitCode;
        }

        /** Whether another attempt can help. */
        public boolean isTransient() {
            return transientFault;
        }
    }
}
