package io.secretagent;

import io.secretagent.audit.Audit;
import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.audit.AuditSettings;
import io.secretagent.audit.Origin;
import io.secretagent.audit.QueuedAudit;
import io.secretagent.audit.Reads;
import io.secretagent.audit.Sink;
import io.secretagent.audit.Trails;
import io.secretagent.audit.flight.Flights;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.Secret;
import io.secretagent.mask.Masker;
import io.secretagent.sink.Leaks;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the application's JVM records of the secrets in it: that they were injected, and until its end whatever comes. */
final class ApplicationAudit implements Runnable, Consumer<HelperProcess> {
    private final QueuedAudit audit;
    private final @Nullable Reads reads;
    private final @Nullable Leaks leaks;
    private final @Nullable ToHelper syslog;

    /** Starts to record, and goes on until the JVM ends. */
    static ApplicationAudit start(AuditSettings settings, HelperProcess helper, Masker masker, PrintStream err) {
        // This JVM opens no socket: the helper has the connection.
        ToHelper syslog = settings.syslog() == null ? null : new ToHelper(helper);
        Trails trails = Trails.open(settings, Origin.ofApplication(), syslog, err);
        ApplicationAudit started = new ApplicationAudit(QueuedAudit.start(trails, err), settings, syslog, masker);
        Runtime.getRuntime().addShutdownHook(new Thread(null, started, "secret-agent-audit-end", 0, false));
        return started;
    }

    private ApplicationAudit(QueuedAudit audit, AuditSettings settings, @Nullable ToHelper syslog, Masker masker) {
        this.audit = audit;
        this.syslog = syslog;
        this.reads = settings.reads() ? new Reads(audit) : null;
        this.leaks = settings.leaks() ? new Leaks(audit, masker) : null;
        if (leaks != null) {
            masker.tell(leaks);
        }
    }

    /** A secret has come. */
    void fetched(Secret secret) {
        if (leaks != null) {
            leaks.know(secret.name(), secret.backend());
        }
    }

    Audit audit() {
        return audit;
    }

    /** Whether the helper is needed for as long as there is something to record. */
    boolean goesThroughHelper() {
        return syslog != null;
    }

    /** Another helper has taken the place of the one before. */
    @Override
    public void accept(HelperProcess helper) {
        if (syslog != null) {
            syslog.helper = helper;
        }
    }

    /** What is told of reads, if they are to be recorded. */
    @Nullable Reads reads() {
        return reads;
    }

    /** Shows its events in the flight recorder too, whenever that is in use. */
    void showIn(Instrumentation instrumentation) {
        audit.show(Flights.watch(instrumentation));
    }

    /** There will be no application: the helper did not do its work. */
    void helperFailed(HelperProcess.FailedException failure) {
        audit.record(AuditEvent.of(Kind.FAILURE).outcome("helper-ended-" + failure.exitCode()));
        audit.close();
    }

    /** The JVM ends. */
    @Override
    public void run() {
        List<String> unread = reads == null ? List.of() : reads.unread();
        if (!unread.isEmpty()) {
            Collections.sort(unread);
            audit.record(AuditEvent.of(Kind.UNREAD).secrets(unread));
        }
        audit.close();
    }

    private static final class ToHelper implements Sink {
        volatile HelperProcess helper;

        ToHelper(HelperProcess helper) {
            this.helper = helper;
        }

        @Override
        public void write(AuditEvent event, byte[] line) throws IOException {
            helper.write(new ChannelRecord.Audited(event.kind().word(), new String(line, StandardCharsets.US_ASCII)));
        }

        @Override
        public String toString() {
            return "syslog";
        }
    }
}
