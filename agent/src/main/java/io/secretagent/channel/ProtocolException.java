package io.secretagent.channel;

import java.io.IOException;

/** The other end did not speak the channel's language; the message says how, by kind and position only. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
