package io.secretagent.audit;

import io.secretagent.audit.AuditEvent.Kind;
import java.io.IOException;
import java.io.PrintStream;

/**
 * A place and the chain of what is written there. A line that cannot be written is no part of the chain, so that what is
 * there is whole; how many are missing is told on stderr once it is known, and in the place itself when it takes lines again.
 */
final class Trail {
    private final Sink sink;
    private final Chain chain;
    private final PrintStream err;
    private long lost;

    Trail(Sink sink, Origin origin, PrintStream err) {
        this.sink = sink;
        this.chain = new Chain(origin);
        this.err = err;
    }

    void record(AuditEvent event) {
        boolean failing = lost > 0;
        try {
            if (failing) {
                write(AuditEvent.of(Kind.FAILURE).outcome("not-recorded").lost(lost));
                tell(sink + " is written again; " + events(lost) + " lost");
                lost = 0;
            }
            write(event);
        } catch (IOException e) {
            lost++;
            if (!failing) {
                tell(sink + " cannot be written: " + e.getMessage() + "; until then events are lost");
            }
        }
    }

    /** Events that never came here. */
    void lose(long count) {
        lost += count;
    }

    void close() {
        if (lost > 0) {
            tell(sink + " lacks the last events: " + events(lost) + " lost");
        }
        sink.close();
    }

    private void write(AuditEvent event) throws IOException {
        byte[] line = chain.next(event);
        sink.write(event, line);
        chain.written(line);
    }

    private void tell(String line) {
        err.println("secret-agent: audit: " + line);
    }

    private static String events(long count) {
        return count + (count == 1 ? " event was" : " events were");
    }
}
