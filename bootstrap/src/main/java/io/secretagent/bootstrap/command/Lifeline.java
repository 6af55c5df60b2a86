package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.SyslogRelay;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.RecordReader;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process when the application's JVM is gone, however it went: then stdin ends. After the end mark it may go
 * on for as long as it takes to revoke a token and to send the last lines to syslog, and no longer.
 */
final class Lifeline {
    private static final int PARENT_IS_GONE = 70;
    private static final long LAST_RITES_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean workIsDone;
    private volatile @Nullable SyslogRelay relay;

    static Lifeline hold(RecordReader requests) {
        Lifeline lifeline = new Lifeline();
        Thread thread = new Thread(() -> lifeline.watch(requests), "lifeline");
        thread.setDaemon(true);
        thread.start();
        return lifeline;
    }

    private Lifeline() {}

    void workIsDone() {
        workIsDone = true;
    }

    /**
     * What the application's JVM records goes there from now on.
     *
     * <p>Ctrl-C reaches this process too, and it is not the last one to have something to say: its end waits for the
     * application's.
     */
    void relayTo(SyslogRelay syslog) {
        relay = syslog;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            awaitEnd();
                            syslog.finish();
                        },
                        "lifeline-end"));
    }

    /** Waits until the application's JVM has let go of this process, or is gone. */
    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(RecordReader requests) {
        try {
            ChannelRecord read = requests.read();
            while (read != null) {
                SyslogRelay syslog = relay;
                if (syslog != null && read instanceof ChannelRecord.Audited audited) {
                    syslog.send(audited);
                }
                read = requests.read();
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
        ended.countDown();
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
