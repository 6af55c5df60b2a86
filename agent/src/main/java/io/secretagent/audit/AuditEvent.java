package io.secretagent.audit;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a secret. It has names, versions and places; there is no field that a value could be put in,
 * and what is given here must never be made of one.
 *
 * <pre>{@code
 * audit.record(AuditEvent.of(Kind.REFRESH).secret("shop/db#PASSWORD", "aws", "v7").target("property db.password"));
 * }</pre>
 */
public final class AuditEvent {
    /** The outcome of what went well. */
    public static final String OK = "ok";

    final Kind kind;
    final long time = System.currentTimeMillis();

    @Nullable String secret;

    @Nullable String backend;

    @Nullable String version;

    @Nullable String target;

    @Nullable String identity;

    String outcome = OK;
    long milliseconds = -1;
    long lost;
    List<String> secrets = List.of();

    @Nullable Who who;

    @Nullable StackFrame frame;

    /** What happened. */
    public enum Kind {
        /** A backend was asked for a value and gave it. */
        FETCH("fetch"),
        /** A value was set where the application looks for it. */
        INJECT("inject"),
        /** A running process took over a new version. */
        REFRESH("refresh"),
        /** Somebody stored a new value. */
        ROTATE("rotate"),
        /** Somebody stored the value before. */
        ROLLBACK("rollback"),
        /** A backend does not give a value any more that it gave before. */
        REVOKED("revoked"),
        /** A class read an injected value for the first time. */
        READ("read"),
        /** The process ends, and nobody has read these. */
        UNREAD("unread"),
        /** A value was on its way into a log, and was masked. */
        LEAK("leak"),
        /** A value could not be had; or events could not be recorded. */
        FAILURE("failure");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in a line. */
        public String word() {
            return word;
        }
    }

    /** An event of now, which went well unless it is told otherwise. */
    public static AuditEvent of(Kind kind) {
        return new AuditEvent(kind);
    }

    private AuditEvent(Kind kind) {
        this.kind = kind;
    }

    /**
     * Which secret.
     *
     * @param name as the mapping writes it, {@code path#key}
     * @param backendName as the mapping calls it, if it is of one
     * @param versionName as the backend names it, if it has versions
     */
    public AuditEvent secret(String name, @Nullable String backendName, @Nullable String versionName) {
        secret = name;
        backend = backendName;
        version = versionName;
        return this;
    }

    /** Where it is injected or was read or would have been shown: {@code property NAME}, {@code env NAME}, {@code stderr}. */
    public AuditEvent target(String place) {
        target = place;
        return this;
    }

    /** Who the backend takes us for: an ARN, a client id, a token's accessor. */
    public AuditEvent identity(@Nullable String name) {
        identity = name;
        return this;
    }

    /** How it went wrong, in a word such as {@code not-found}. */
    public AuditEvent outcome(String word) {
        outcome = word;
        return this;
    }

    /** How long it took. */
    public AuditEvent took(long duration) {
        milliseconds = duration;
        return this;
    }

    /** Who did it. */
    public AuditEvent by(@Nullable Who doer) {
        who = doer;
        return this;
    }

    /** Where in a program. What the frame has to look up, the line number above all, it does when the line is written. */
    public AuditEvent at(@Nullable StackFrame place) {
        frame = place;
        return this;
    }

    /** Which secrets, when they are several. */
    public AuditEvent secrets(List<String> names) {
        secrets = names;
        return this;
    }

    /** Who did it, if anybody is known to have. */
    public @Nullable Who who() {
        return frame == null ? who : new Who.Code(frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
    }

    /** How many events could not be recorded. */
    AuditEvent lost(long count) {
        lost = count;
        return this;
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }

    public @Nullable String secret() {
        return secret;
    }

    public @Nullable String backend() {
        return backend;
    }

    public @Nullable String version() {
        return version;
    }

    public @Nullable String target() {
        return target;
    }

    /** How it went, {@value #OK} if well. */
    public String outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return kind.word + " " + (secret == null ? secrets.toString() : secret);
    }
}
