package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What comes in on descriptor 0, on its way to descriptor 1: not through System.in and out, which buffer and lock. */
final class StandardInput {
    /** As much as a pipe of Linux holds; larger reads of a file are no faster. */
    private static final int BUFFER = 64 * 1024;

    /** What a shell reports of a filter that a closed pipe ended: 128 and the number of SIGPIPE. */
    private static final int OUTPUT_CLOSED = 141;

    /** As in sysexits.h. */
    private static final int INPUT_OR_OUTPUT_ERROR = 74;

    /** Copies to the end of the input, and returns the exit code. */
    static int copyMasked(Masker masker) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        byte[] buffer = new byte[BUFFER];
        try (MaskingStream masked = new MaskingStream(out, masker, new Pauses(), "stdout")) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                masked.write(buffer, 0, count);
                // What is decided goes on at once: who reads may be a person.
                masked.flush();
            }
        } catch (IOException e) {
            if (Results.isBrokenPipe(e)) {
                return OUTPUT_CLOSED;
            }
            Trace.print(e);
            // The message is the C library's for an error number.
            Terminal.tell("standard input cannot be read or standard output not be written: " + e.getMessage());
            return INPUT_OR_OUTPUT_ERROR;
        }
        return 0;
    }

    private StandardInput() {}
}
