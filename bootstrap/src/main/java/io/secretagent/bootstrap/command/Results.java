package io.secretagent.bootstrap.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Locale;

/** Standard output, which remembers that it could not be written to: a PrintStream keeps that to itself. */
final class Results extends FileOutputStream {
    /** What a shell reports of a program that a closed pipe ended: 128 and the number of SIGPIPE. */
    private static final int CLOSED = 141;

    /** As in sysexits.h. */
    private static final int INPUT_OR_OUTPUT_ERROR = 74;

    /** The exit code for what could not be written, or 0. A process has one standard output. */
    private static volatile int lost;

    Results() {
        super(FileDescriptor.out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            lost = isBrokenPipe(e) ? CLOSED : INPUT_OR_OUTPUT_ERROR;
            throw e;
        }
    }

    /**
     * The exit code of a command: that of lost results if all else went well.
     *
     * @param exit its own
     */
    static int exit(int exit) {
        if (exit != 0) {
            return exit;
        }
        if (lost == INPUT_OR_OUTPUT_ERROR) {
            System.err.println("secret-agent: standard output cannot be written to;"
                    + " check the disk, and what it is redirected to");
        }
        return lost;
    }

    /** The JDK has no type for it, only the words of the C library; translations keep them in parentheses. */
    static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
