package io.secretagent.sink;

import io.secretagent.mask.MaskingStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** {@code System.out} and {@code System.err}, replaced by streams that mask and are otherwise as the JDK makes them. */
final class StandardStreams implements Runnable {
    private final MaskingStream out;
    private final MaskingStream err;
    private final PrintStream printErr;

    StandardStreams(Descriptors descriptors) {
        out = descriptors.out();
        err = descriptors.err();
        printErr = new PrintStream(err, true, charset("stderr.encoding"));
    }

    /**
     * Another one on standard error: a thread can hold the lock of {@code System.err} and wait, in an object's {@code
     * toString} that {@code printf} calls, for what who writes here brings.
     */
    PrintStream ownErr() {
        return new PrintStream(err, true, charset("stderr.encoding"));
    }

    /** {@code System.err} as it is at first. */
    PrintStream err() {
        return printErr;
    }

    void install() {
        System.out.flush();
        System.err.flush();
        System.setOut(new PrintStream(out, true, charset("stdout.encoding")));
        System.setErr(printErr);
        Runtime.getRuntime().addShutdownHook(new Thread(null, this, "secret-agent-end", 0, false));
    }

    /** Leaves standard output as the application writes it. */
    void passOut() {
        try {
            out.pass();
        } catch (IOException e) {
            // Its reader is gone, and the application's next write will say so.
        }
    }

    /** Lets everything out that is held back: the JVM ends. */
    void end() {
        try {
            out.end();
        } catch (IOException e) {
            // As above; standard error may have another reader.
        }
        try {
            err.end();
        } catch (IOException e) {
            // As above.
        }
    }

    /** Lets everything out at the JVM's end, and holds nothing back from then on: other hooks may still write. */
    @Override
    public void run() {
        end();
    }

    /** What the JDK itself takes: from 19 on it always sets the property; before, only for a terminal, and another. */
    private static Charset charset(String property) {
        String name = System.getProperty((Runtime.version().feature() < 19 ? "sun." : "") + property);
        if (name != null) {
            try {
                return Charset.forName(name);
            } catch (IllegalArgumentException e) {
                // The JDK falls back in silence, too.
            }
        }
        return Charset.defaultCharset();
    }
}
