package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.SyslogRelay;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.RecordReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the application says, and that it is there: when its JVM is gone, however it went, stdin ends, and so does this
 * process. After the end mark it may go on for as long as it takes to revoke a token and to send the last lines to syslog,
 * and no longer.
 */
final class Lifeline {
    private static final int PARENT_IS_GONE = 70;
    private static final long LAST_RITES_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    /** Empty for the end. */
    private final BlockingQueue<Optional<ChannelRecord>> said = new LinkedBlockingQueue<>();

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

    /** The next thing that it says; null when it is gone. */
    @Nullable ChannelRecord next() throws InterruptedException {
        return said.take().orElse(null);
    }

    /** As if it had said that. */
    void say(ChannelRecord something) {
        said.add(Optional.of(something));
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
            for (ChannelRecord next = requests.read(); next != null; next = requests.read()) {
                SyslogRelay syslog = relay;
                if (syslog != null && next instanceof ChannelRecord.Audited audited) {
                    syslog.send(audited);
                } else {
                    say(next);
                }
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
        said.add(Optional.empty());
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
