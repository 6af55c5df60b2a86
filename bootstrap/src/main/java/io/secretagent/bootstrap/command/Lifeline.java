package io.secretagent.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process when the application's JVM is gone, however it went: then stdin ends. After the end mark it may go
 * on for as long as it takes to revoke a token, and no longer.
 */
final class Lifeline {
    private static final int PARENT_IS_GONE = 70;
    private static final long LAST_RITES_SECONDS = 5;

    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean workIsDone;

    static Lifeline hold(InputStream stdin) {
        Lifeline lifeline = new Lifeline();
        Thread thread = new Thread(() -> lifeline.watch(stdin), "lifeline");
        thread.setDaemon(true);
        thread.start();
        return lifeline;
    }

    private Lifeline() {}

    void workIsDone() {
        workIsDone = true;
    }

    private void watch(InputStream stdin) {
        try {
            while (stdin.read() >= 0) {
                // Nothing more is expected; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
        if (workIsDone) {
            try {
                never.await(LAST_RITES_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // Then at once.
            }
        }
        Runtime.getRuntime().halt(PARENT_IS_GONE);
    }
}
