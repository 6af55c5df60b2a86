package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one writer in one place: numbered, each with the hash of the one before. An edit and a line that is gone
 * show; that all of it was written anew does not, nor that the end was cut off, unless a later line was seen elsewhere.
 */
final class Chain {
    private static final int NAME = 16;
    private static final AtomicInteger WRITERS = new AtomicInteger();

    private final Origin origin;
    private final String writer;
    private long sequence = 1;
    private @Nullable String previous;

    Chain(Origin origin) {
        this.origin = origin;
        // Of no secret, so without the JDK's source of randomness, which takes part in what the application may set up.
        String own = origin.host() + " " + origin.pid() + " " + System.currentTimeMillis() + " " + System.nanoTime()
                + " " + WRITERS.incrementAndGet() + " " + System.identityHashCode(this);
        writer = Sha256.hex(own.getBytes(UTF_8)).substring(0, NAME);
    }

    /** The name that all lines of this chain have. */
    String writer() {
        return writer;
    }

    /** What the event's line would be, if it is the next. */
    byte[] next(AuditEvent event) {
        return AuditLine.of(event, origin, writer, sequence, previous);
    }

    /** It was. */
    void written(byte[] line) {
        sequence++;
        previous = Sha256.hex(line);
    }
}
