package io.secretagent.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One driver, URL and user, for which one thread at a time finds out what lets it in. */
final class Account {
    private static final long NANOS = 1_000_000_000;
    /** After an attempt in vain: databases lock accounts after a number of them. */
    private static final long PAUSE = 30 * NANOS;
    /** How long a thread waits for another that finds out. */
    private static final long LONGEST_WAIT = 20;

    private final ReentrantLock findingOut = new ReentrantLock();
    private volatile Good good = new Good(0, 0);
    private volatile long pausedUntil = System.nanoTime();

    /**
     * What lets it in.
     *
     * @param step the step of its values
     * @param newest the newest that there was then; of later ones nothing is known
     */
    private record Good(int step, int newest) {}

    /** Which values to try first: the newest, unless they were refused and those before were not. */
    int preferred(int newest) {
        Good known = good;
        return known.newest() == newest ? known.step() : newest;
    }

    void letIn(int step, int newest) {
        if (good.step() != step || good.newest() != newest) {
            good = new Good(step, newest);
        }
    }

    /** Waits while another thread finds out, so that no more is refused meanwhile than needs be. */
    void awaitOther() {
        if (findingOut.isLocked() && begin()) {
            end();
        }
    }

    /** Whether it is this thread that finds out now; false if another does and takes too long. */
    boolean begin() {
        try {
            return findingOut.tryLock(LONGEST_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void end() {
        findingOut.unlock();
    }

    boolean isPaused() {
        return pausedUntil - System.nanoTime() > 0;
    }

    void pause() {
        pausedUntil = System.nanoTime() + PAUSE;
    }
}
