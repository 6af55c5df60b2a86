package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Failure;

/**
 * There is no token, and there will be none in this fetch. Unchecked, so that it passes through the SDK that asked for
 * the token and through {@code Retry}, which has been spent on it already.
 */
final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    NoTokenException(Failure failure) {
        super(failure.why());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
