package io.secretagent.channel;

import java.io.IOException;

/** The other end did not speak the channel's language; the message says how, by kind and position only. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean torn;

    public ProtocolException(String message) {
        this(message, false);
    }

    private ProtocolException(String message, boolean torn) {
        super(message);
        this.torn = torn;
    }

    /** The stream ended where it should not. */
    static ProtocolException torn(String message) {
        return new ProtocolException(message, true);
    }

    /** Whether it spoke well until its end: it is gone, or about to be. */
    boolean isTorn() {
        return torn;
    }
}
