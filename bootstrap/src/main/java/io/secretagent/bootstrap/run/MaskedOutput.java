package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.secretagent.mask.MaskingStream;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pipe that a child writes to, and what reads it, masks it and writes it on, on a thread of its own.
 *
 * <p>Not the pipe that Java makes for a process: its reaper takes what is left in that one when the child has ended, at
 * the same time as a reader does, so that the order is lost.
 */
final class MaskedOutput {
    /** As much as goes into a pipe at once; what a pipe has without being asked is 64 KiB. */
    private static final int BUFFER = 256 * 1024;

    /** Of a {@code struct pollfd}: a descriptor, what is asked and what is so. */
    private static final int POLLFD = 8;

    private static final int REVENTS = 6;
    private static final int PIPE = 0;
    private static final int STOP = POLLFD;
    private static final int READER = 2 * POLLFD;

    private final int pipe;
    private final int childsEnd;
    private final MaskingStream masked;
    private final Memory descriptors = new Memory(3 * POLLFD);
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /**
     * @param name of the stream, for people
     * @param descriptor what the masking stream writes to: when nobody reads there any more, nobody reads the child
     * @param stop becomes readable when no more is to come than what is in the pipe
     */
    MaskedOutput(String name, MaskingStream masked, int descriptor, int stop) {
        int[] ends = new int[2];
        CLibrary.pipe2(ends, CLibrary.O_CLOEXEC);
        pipe = ends[0];
        childsEnd = ends[1];
        this.masked = masked;
        try {
            CLibrary.fcntl(childsEnd, CLibrary.F_SETPIPE_SZ, BUFFER);
        } catch (LastErrorException e) {
            // The user's limit for pipes is reached: it is a slower one.
        }
        poll(PIPE, pipe, CLibrary.POLLIN);
        poll(STOP, stop, CLibrary.POLLIN);
        poll(READER, descriptor, (short) 0);
        thread = new Thread(this::copy, name);
    }

    /** What the child is to write to. */
    File childsEnd() {
        return new File("/proc/self/fd/" + childsEnd);
    }

    /** The child is started, and has the only other end of the pipe. */
    void start() {
        CLibrary.close(childsEnd);
        thread.start();
    }

    /**
     * Waits until all is written.
     *
     * @throws IOException if it could not be, and not because its reader is gone
     */
    void await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void copy() {
        try (masked) {
            copyToEnd();
        } catch (IOException e) {
            if (!isBrokenPipe(e)) {
                failure = e;
            }
        } finally {
            // A child that goes on writing is told as if it had written there itself: with SIGPIPE.
            CLibrary.close(pipe);
        }
    }

    private void copyToEnd() throws IOException {
        Memory buffer = new Memory(BUFFER);
        byte[] bytes = new byte[BUFFER];
        while (true) {
            await(descriptors);
            if ((is(READER) & CLibrary.POLLERR) != 0) {
                return;
            }
            if (is(PIPE) != 0) {
                int count = (int) CLibrary.read(pipe, buffer, BUFFER);
                if (count == 0) {
                    return;
                }
                buffer.read(0, bytes, 0, count);
                masked.write(bytes, 0, count);
                // What is decided goes on at once: who reads may be a person.
                masked.flush();
            } else if (is(STOP) != 0) {
                return;
            }
        }
    }

    private static void await(Memory descriptors) {
        boolean interrupted;
        do {
            try {
                CLibrary.poll(descriptors, descriptors.size() / POLLFD, -1);
                interrupted = false;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != CLibrary.EINTR) {
                    throw e;
                }
                interrupted = true;
            }
        } while (interrupted);
    }

    private void poll(int at, int descriptor, short asked) {
        descriptors.setInt(at, descriptor);
        descriptors.setShort(at + 4L, asked);
    }

    private short is(int at) {
        return descriptors.getShort(at + (long) REVENTS);
    }

    /** The JDK has no type for it, only the words of the C library; translations keep them in parentheses. */
    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }
}
