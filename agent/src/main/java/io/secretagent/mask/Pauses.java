package io.secretagent.mask;

import io.secretagent.thread.GuestThread;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches streams that hold something back, and tells each when its writer has paused. One of these is enough for a
 * JVM. It has a thread, a daemon, only while something is held: most output ends with a line, after which nothing is.
 */
public final class Pauses implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private Set<MaskingStream> watched = new LinkedHashSet<>();
    private boolean running;

    /** Watches the stream until it holds nothing. The stream's own lock is held; so no stream is called from here. */
    void watch(MaskingStream stream) {
        lock.lock();
        try {
            watched.add(stream);
            if (!running) {
                running = start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a thread. */
    boolean running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        Set<MaskingStream> due = due();
        while (due != null) {
            long next = Long.MAX_VALUE;
            for (MaskingStream stream : due) {
                long left = releaseIfPaused(stream);
                if (left > 0) {
                    next = Math.min(next, left);
                    watch(stream);
                }
            }
            if (next < Long.MAX_VALUE) {
                // One that is watched from now on pauses later than this one: it need not wake the thread.
                LockSupport.parkNanos(this, next);
            }
            due = due();
        }
    }

    /** The watched streams, who are no longer watched; null, and the thread ends, if there are none. */
    private @Nullable Set<MaskingStream> due() {
        lock.lock();
        try {
            if (watched.isEmpty()) {
                running = false;
                return null;
            }
            Set<MaskingStream> due = watched;
            watched = new LinkedHashSet<>();
            return due;
        } finally {
            lock.unlock();
        }
    }

    private static long releaseIfPaused(MaskingStream stream) {
        try {
            return stream.releaseIfPaused();
        } catch (IOException e) {
            // The reader is gone. The next write fails in the writer's own thread, which can tell it.
            return 0;
        }
    }

    private boolean start() {
        try {
            GuestThread.of(this, "secret-agent-mask").start();
            return true;
        } catch (OutOfMemoryError e) {
            // The limit on threads, most often. The writer is to blame for nothing; its next write asks again.
            return false;
        }
    }
}
