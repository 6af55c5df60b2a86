package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.secretagent.mask.MaskingStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a child writes to, and what reads it, masks it and writes it on, on a thread of its own.
 */
final class MaskedOutput {
    private static final int OUTLET = 0;
    private static final int STOP = 1;
    private static final int READER = 2;

    private final Outlet outlet;
    private final MaskingStream masked;
    private final Poll poll = new Poll(3);
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /**
     * @param name of the stream, for people
     * @param descriptor what the masking stream writes to: when nobody reads there any more, nobody reads the child
     * @param stop becomes readable when no more is to come than what is in the outlet
     */
    MaskedOutput(String name, Outlet outlet, MaskingStream masked, int descriptor, int stop) {
        this.outlet = outlet;
        this.masked = masked;
        poll.watch(OUTLET, outlet.ours(), CLibrary.POLLIN);
        poll.watch(STOP, stop, CLibrary.POLLIN);
        poll.watch(READER, descriptor, (short) 0);
        thread = new Thread(this::copy, name);
    }

    /** The child is started, and has the only other end. */
    void start() {
        CLibrary.close(outlet.childs());
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
        } catch (DescriptorOutput.GoneException e) {
            // What the child learns below.
        } catch (IOException e) {
            failure = e;
        } finally {
            // A child that goes on writing is told as if it had written there itself: with SIGPIPE.
            CLibrary.close(outlet.ours());
        }
    }

    private void copyToEnd() throws IOException {
        Memory buffer = new Memory(Outlet.CAPACITY);
        byte[] bytes = new byte[Outlet.CAPACITY];
        while (true) {
            poll.await(-1);
            if ((poll.is(READER) & CLibrary.POLLERR) != 0) {
                return;
            }
            if (poll.is(OUTLET) != 0) {
                int count = read(buffer);
                if (count == 0) {
                    return;
                }
                buffer.read(0, bytes, 0, count);
                masked.write(bytes, 0, count);
                // What is decided goes on at once: who reads may be a person.
                masked.flush();
            } else if (poll.is(STOP) != 0) {
                return;
            }
        }
    }

    /** Returns 0 at the end, which a terminal that nobody has open tells by an error. */
    private int read(Memory buffer) {
        try {
            return CLibrary.readSome(outlet.ours(), buffer);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == CLibrary.EIO) {
                return 0;
            }
            throw e;
        }
    }
}
