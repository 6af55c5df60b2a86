package io.secretagent.bootstrap.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line on a terminal's stderr that says what is waited for, once that takes more than a second. */
final class Progress {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts to wait.
     *
     * @param wanted whether anything is shown at all
     */
    static Progress of(String what, boolean wanted) {
        Progress progress = new Progress(what);
        if (wanted && Terminal.isStderrTerminal()) {
            progress.thread.start();
        }
        return progress;
    }

    private Progress(String what) {
        thread = new Thread(() -> show(what), "progress");
        thread.setDaemon(true);
    }

    /** Takes the line away. */
    void end() {
        done.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(String what) {
        try {
            int seconds = 0;
            while (!done.await(1, TimeUnit.SECONDS)) {
                seconds++;
                System.err.print(ERASE_LINE + "secret-agent: " + what + ", " + seconds + " s");
                System.err.flush();
            }
            System.err.print(seconds == 0 ? "" : ERASE_LINE);
            System.err.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
