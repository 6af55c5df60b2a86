package io.secretagent.bootstrap.audit;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.Sink;
import io.secretagent.audit.Trouble;
import io.secretagent.channel.ChannelRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends what the helper and the application's JVM record to syslog, on a thread of its own: the one that hears of the
 * application's end must not wait for a server.
 */
public final class SyslogRelay implements Sink, Runnable {
    private static final int MOST_WAITING = 10_000;
    private static final long LAST_SECONDS = 4;

    private final Syslog syslog;
    private final Trouble trouble;
    private final BlockingQueue<ChannelRecord.Audited> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = new Thread(this, "audit-syslog");

    /** Starts the thread. */
    public static SyslogRelay start(Syslog syslog) {
        SyslogRelay relay = new SyslogRelay(syslog);
        relay.thread.setDaemon(true);
        relay.thread.start();
        return relay;
    }

    private SyslogRelay(Syslog syslog) {
        this.syslog = syslog;
        this.trouble = new Trouble(syslog, System.err);
    }

    @Override
    public void write(AuditEvent event, byte[] line) {
        send(new ChannelRecord.Audited(event.kind().word(), new String(line, StandardCharsets.US_ASCII)));
    }

    /** Takes a line to send. */
    public void send(ChannelRecord.Audited audited) {
        if (!queue.offer(audited)) {
            lost.incrementAndGet();
        }
    }

    /** Sends what is left, for a moment at most. */
    public void finish() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                pass(queue.take());
            }
        } catch (InterruptedException e) {
            ChannelRecord.Audited left = queue.poll();
            while (left != null) {
                pass(left);
                left = queue.poll();
            }
        }
        trouble.end();
    }

    private void pass(ChannelRecord.Audited audited) {
        trouble.lose(lost.getAndSet(0));
        try {
            syslog.send(audited.kind(), audited.line());
            trouble.recovered();
        } catch (IOException e) {
            trouble.failed(e);
        }
    }

    @Override
    public String toString() {
        return syslog.toString();
    }
}
