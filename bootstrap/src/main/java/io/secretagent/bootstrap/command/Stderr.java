package io.secretagent.bootstrap.command;

import java.io.OutputStream;

/** Standard error for the masked output of another process: written to, and open for what is said afterwards. */
final class Stderr extends OutputStream {
    @Override
    public void write(int b) {
        System.err.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        System.err.write(bytes, from, length);
    }

    @Override
    public void close() {
        System.err.flush();
    }
}
