package io.secretagent.bootstrap.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Failure} on its way up. Its message is made of the failure's own words; an SDK's exception is never its
 * message and is its cause only for the debug trace.
 */
public final class BackendException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final @Nullable Duration retryAfter;

    public BackendException(Failure failure, @Nullable Throwable cause) {
        this(failure, cause, null);
    }

    /**
     * A failure with the store's own wish.
     *
     * @param retryAfter how long to wait before asking again, or null
     */
    public BackendException(Failure failure, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(failure.why(), cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    public Failure failure() {
        return failure;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
