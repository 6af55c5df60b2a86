package io.secretagent.mask;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Masks what is written to a stream, across any split into writes. {@link #flush()} does not let go of what could be
 * the beginning of a value, since {@code System.out} flushes after every {@code print}; a pause of
 * {@link #PAUSE_MILLIS} does, as far as that is safe, so that a prompt without an end of line appears.
 */
public final class MaskingStream extends OutputStream {
    static final long PAUSE_MILLIS = 100;

    private static final long PAUSE_NANOS = PAUSE_MILLIS * 1_000_000;
    private static final int BUFFER = 8192;

    private final String name;
    private final OutputStream out;
    private final Masker masker;
    private final Pauses pauses;
    /** Not a monitor: a virtual thread must not be pinned while it waits for a slow reader. */
    private final ReentrantLock lock = new ReentrantLock();

    private final StreamMasker text;
    private long lastWrite;
    private boolean passing;
    /** Whether {@link #out} has been called and has not returned. Read without the lock. */
    private volatile boolean writing;

    private boolean ending;

    /** For what has no name. */
    public MaskingStream(OutputStream out, Masker masker, Pauses pauses) {
        this(out, masker, pauses, "a stream");
    }

    /**
     * @param out what the masked bytes are written to; not buffered, this stream is
     * @param pauses watches all streams of the JVM
     * @param name what people are told it is called
     */
    public MaskingStream(OutputStream out, Masker masker, Pauses pauses, String name) {
        this.name = name;
        this.out = out;
        this.masker = masker;
        this.pauses = pauses;
        text = new StreamMasker(masker.index());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (passing) {
                writing = true;
                out.write(bytes, offset, length);
                return;
            }
            text.use(masker.index());
            text.write(bytes, offset, length);
            if (text.holds()) {
                if (ending) {
                    text.pause();
                } else {
                    lastWrite = System.nanoTime();
                    pauses.watch(this);
                }
            }
            if (text.output().lends() || text.output().length() >= BUFFER || ending) {
                drain();
            }
        } finally {
            // If anything failed: the range is its owner's again, who may put anything there.
            text.output().giveBack();
            writing = false;
            unlock();
        }
    }

    /** Writes on what is decided; what could be the beginning of a value stays. */
    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            drain();
            out.flush();
        } finally {
            unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            text.finish();
            drain();
            out.close();
        } finally {
            unlock();
        }
    }

    /** Masks nothing from now on. */
    public void pass() throws IOException {
        lock.lock();
        try {
            text.finish();
            drain();
            passing = true;
        } finally {
            unlock();
        }
    }

    /**
     * The JVM is about to end: nothing is held back any longer than for the write that brings it, since no more may
     * follow. A beginning of a value that is long enough to give it away goes out as the mask.
     */
    public void end() throws IOException {
        lock.lock();
        try {
            ending = true;
            text.pause();
            drain();
            out.flush();
        } finally {
            unlock();
        }
    }

    /**
     * Lets go of what is held as a pause does, for something else is about to write to the same place. A thread that
     * masks, or looks whether its writer has paused, is waited for; one that waits for a reader is not.
     */
    public void release() throws IOException {
        if (lockUnlessWriting()) {
            try {
                text.pause();
                drain();
                out.flush();
            } finally {
                unlock();
            }
        }
    }

    /**
     * Lets go of what is held if nothing was written for a while.
     *
     * @return nanoseconds until that may be so, or 0 if nothing is held any more
     */
    long releaseIfPaused() throws IOException {
        lock.lock();
        try {
            if (!text.holds()) {
                return 0;
            }
            long left = lastWrite + PAUSE_NANOS - System.nanoTime();
            if (left <= 0) {
                text.pause();
                drain();
                out.flush();
                return 0;
            }
            return left;
        } finally {
            unlock();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** @return false if another thread has been writing to {@link #out} for a while, which may be for ever */
    private boolean lockUnlessWriting() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (lock.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                    if (writing) {
                        return false;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tells of masks without the lock: whoever is told may look at anything. */
    private void unlock() {
        byte[][] masks = text.takeMasks();
        lock.unlock();
        masker.tell(masks, this);
    }

    private void drain() throws IOException {
        if (text.output().length() > 0) {
            writing = true;
            try {
                text.output().writeTo(out);
            } finally {
                writing = false;
            }
        }
    }
}
