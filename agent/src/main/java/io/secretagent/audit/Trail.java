package io.secretagent.audit;

import io.secretagent.audit.AuditEvent.Kind;
import java.io.IOException;
import java.io.PrintStream;

/**
 * A place and the chain of what is written there. A line that cannot be written is no part of the chain, so that what is
 * there is whole; how many are missing is told on stderr, and in the place itself when it takes lines again.
 */
final class Trail {
    private final Sink sink;
    private final Chain chain;
    private final Trouble trouble;

    Trail(Sink sink, Origin origin, PrintStream err) {
        this.sink = sink;
        this.chain = new Chain(origin);
        this.trouble = new Trouble(sink, err);
    }

    void record(AuditEvent event) {
        try {
            long lost = trouble.lost();
            if (lost > 0) {
                write(AuditEvent.of(Kind.FAILURE).outcome("not-recorded").lost(lost));
            }
            trouble.recovered();
            write(event);
        } catch (IOException e) {
            trouble.failed(e);
        }
    }

    /** Events that never came here. */
    void lose(long count) {
        trouble.lose(count);
    }

    void close() {
        trouble.end();
        sink.close();
    }

    private void write(AuditEvent event) throws IOException {
        byte[] line = chain.next(event);
        sink.write(event, line);
        chain.written(line);
    }
}
