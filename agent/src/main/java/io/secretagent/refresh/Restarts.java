package io.secretagent.refresh;

/** When a helper that has died is started again: soon, and less and less soon if it dies again and again. */
final class Restarts {
    private static final long FIRST_SECONDS = 5;
    private static final long LONGEST_SECONDS = 300;
    private static final long LONG_LIFE_SECONDS = 600;
    private static final long NANOS = 1_000_000_000;

    private long seconds = FIRST_SECONDS;
    private long started = System.nanoTime();

    void started() {
        started = System.nanoTime();
    }

    /** Waits for the next one. */
    void await() {
        if (System.nanoTime() - started > LONG_LIFE_SECONDS * NANOS) {
            seconds = FIRST_SECONDS;
        }
        long until = System.nanoTime() + seconds * NANOS;
        seconds = Math.min(seconds * 2, LONGEST_SECONDS);
        boolean interrupted = false;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                Thread.sleep(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                // By an application that interrupts every thread that it finds.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
