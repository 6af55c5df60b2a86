package io.secretagent.audit;

import io.secretagent.thread.GuestThread;
import java.io.PrintStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records on a thread of its own: for the application's JVM, whose threads must not wait for a disk. Who records takes no
 * lock. A place that hangs makes the queue grow up to a limit, beyond which events are lost and counted.
 */
public final class QueuedAudit implements Audit, Runnable {
    /** Some 4 MB. */
    private static final int MOST_WAITING = 10_000;

    /** How long the end of the JVM waits for a place that hangs. */
    private static final long LAST_NANOS = 2_000_000_000;

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final Trails trails;
    private final PrintStream err;
    private final Thread thread = GuestThread.of(this, "secret-agent-audit");
    private final Queue<AuditEvent> queue = new ConcurrentLinkedQueue<>();
    /** Events that are queued or being written. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicLong lost = new AtomicLong();
    private volatile @Nullable Observer observer;
    private volatile boolean parked;
    private @Nullable String toldDefect;

    /** Is shown each event before it is recorded, on the thread that records. */
    public interface Observer {
        void recording(AuditEvent event);
    }

    /** Starts the thread, a daemon. */
    public static QueuedAudit start(Trails trails, PrintStream err) {
        QueuedAudit audit = new QueuedAudit(trails, err);
        audit.thread.start();
        return audit;
    }

    private QueuedAudit(Trails trails, PrintStream err) {
        this.trails = trails;
        this.err = err;
    }

    @Override
    public void record(AuditEvent event) {
        if (waiting.get() >= MOST_WAITING) {
            lost.incrementAndGet();
            return;
        }
        waiting.incrementAndGet();
        queue.add(event);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Shows it every event from now on. */
    public void show(Observer shown) {
        observer = shown;
    }

    /** Whether the current thread is the one that records: what it writes is not to be recorded again. */
    public boolean isRecording() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        while (true) {
            AuditEvent event = queue.poll();
            if (event == null) {
                parked = true;
                if (queue.isEmpty()) {
                    LockSupport.park(this);
                }
                parked = false;
            } else {
                write(event);
                waiting.decrementAndGet();
            }
        }
    }

    /** Waits until all is written, for a moment at most. The thread goes on: others may still have something to record. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_NANOS;
        while (waiting.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        if (waiting.get() == 0) {
            trails.close();
        }
    }

    private void write(AuditEvent event) {
        try {
            long more = lost.getAndSet(0);
            if (more > 0) {
                trails.lose(more);
            }
            // At the JVM's end the flight recorder does not wait for anybody.
            Observer shown = observer;
            if (shown != null) {
                shown.recording(event);
            }
            trails.record(event);
        } catch (RuntimeException | LinkageError e) {
            String defect = e.getClass().getName();
            if (!defect.equals(toldDefect)) {
                toldDefect = defect;
                err.println("secret-agent: audit: internal error (" + defect + "); report it");
            }
        }
    }
}
