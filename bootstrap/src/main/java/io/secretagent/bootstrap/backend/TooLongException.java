package io.secretagent.bootstrap.backend;

import java.io.IOException;

/** An answer is longer than that of any backend, so that something else has answered. */
public final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
}
