package io.secretagent.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** Standard error, in between what else is written there. */
final class Stderr implements Sink {
    private final OutputStream err;

    Stderr(PrintStream err) {
        this.err = err;
    }

    @Override
    public void write(AuditEvent event, byte[] line) throws IOException {
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        // At once, so that no other thread's line comes in between.
        err.write(ended);
        err.flush();
    }

    @Override
    public String toString() {
        return AuditSettings.STDERR;
    }
}
