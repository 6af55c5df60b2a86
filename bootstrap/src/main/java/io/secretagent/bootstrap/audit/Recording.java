package io.secretagent.bootstrap.audit;

import io.secretagent.audit.Audit;
import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.audit.AuditSettings;
import io.secretagent.audit.Origin;
import io.secretagent.audit.Sink;
import io.secretagent.audit.Trails;
import io.secretagent.audit.Who;
import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.SecretName;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.MaskListener;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one process of ours records: one for each command and for the helper. */
public final class Recording implements MaskListener, AutoCloseable {
    private static final Duration IDENTITY_LIMIT = Duration.ofSeconds(2);

    private final Audit audit;
    private final @Nullable Who who;
    private final boolean leaks;
    private final Set<String> leaked = ConcurrentHashMap.newKeySet();

    /** For the helper, which nobody in particular has started. */
    public static Recording ofHelper(@Nullable AuditSettings settings, @Nullable Sink syslog) {
        return new Recording(open(settings, "fetch", syslog), null, false);
    }

    /** For a command that somebody has called. */
    public static Recording ofCommand(@Nullable AuditSettings settings, String command) {
        Sink syslog = settings == null || settings.syslog() == null ? null : Syslog.to(settings.syslog());
        return new Recording(
                open(settings, command, syslog), Who.Person.ofThisProcess(), settings != null && settings.leaks());
    }

    private static Audit open(@Nullable AuditSettings settings, String command, @Nullable Sink syslog) {
        return settings == null ? Audit.NONE : Trails.open(settings, Origin.ofCommand(command), syslog, System.err);
    }

    private Recording(Audit audit, @Nullable Who who, boolean leaks) {
        this.audit = audit;
        this.who = who;
        this.leaks = leaks;
    }

    /** Whether anything is recorded, for what takes time to find out. */
    public boolean isWanted() {
        return audit != Audit.NONE;
    }

    /** Records from now on what is masked, once for each secret and stream; before the masker is given values. */
    public void listenTo(Masker masker) {
        if (leaks) {
            masker.tell(this);
        }
    }

    @Override
    public void masked(String name, @Nullable MaskingStream stream) {
        String target = stream == null ? "a text" : stream.toString();
        if (leaked.add(name + " " + target)) {
            record(AuditEvent.of(Kind.LEAK)
                    .secret(name, null, null)
                    .target(target)
                    .outcome("masked"));
        }
    }

    /** Records any event, as this process' own. */
    public void record(AuditEvent event) {
        audit.record(event.by(who));
    }

    /** As {@link #record(AuditEvent)}, with what the backend takes us for. */
    public void record(AuditEvent event, Backend backend) {
        if (isWanted()) {
            record(event.identity(backend.identity(Deadline.after(IDENTITY_LIMIT))));
        }
    }

    /** Records what a fetch brought and what it did not. The backends are asked who we are to them. */
    public void fetched(Resolution resolution, Fetch fetch) {
        if (!isWanted()) {
            return;
        }
        Map<String, String> identities = fetch.identities();
        Map<String, Duration> took = fetch.took();
        // A list of targets makes an entry a target, and is one fetch still.
        Set<String> recorded = new HashSet<>();
        for (Resolution.Resolved resolved : resolution.resolved()) {
            Failure failure = resolved.failure();
            SecretName name = resolved.entry().name();
            if (failure != null && recorded.add(name.backend() + " " + name.text() + " " + failure.kind())) {
                record(failed(name, failure, identities, took));
            }
            for (Secret secret : failure == null ? resolved.secrets() : List.<Secret>of()) {
                if (recorded.add(secret.backend() + " " + secret.name() + " " + secret.version())) {
                    record(AuditEvent.of(Kind.FETCH)
                            .secret(secret.name(), secret.backend(), secret.version())
                            .identity(identities.get(secret.backend()))
                            .took(millis(took, secret.backend())));
                }
            }
        }
    }

    /** The same for what is read for the names in it, and not for a value of it. */
    public void fetched(Map<Entry, Outcome> outcomes, Fetch fetch) {
        Map<Entry, Described> described = new LinkedHashMap<>();
        outcomes.forEach((entry, outcome) -> described.put(entry, Described.of(outcome, "")));
        described(described, fetch);
    }

    /** Records of what was only asked about what could not be told, and what had to be read to tell it. */
    public void described(Map<Entry, Described> described, Fetch fetch) {
        if (!isWanted()) {
            return;
        }
        Map<String, String> identities = fetch.identities();
        Map<String, Duration> took = fetch.took();
        Set<String> recorded = new HashSet<>();
        described.forEach((entry, answer) -> {
            SecretName name = entry.name();
            if (answer instanceof Described.Failed failed && recorded.add(name.backend() + " " + name.text())) {
                record(failed(name, failed.failure(), identities, took));
            } else if (answer instanceof Described.Known known
                    && known.lacks() != null
                    && recorded.add(name.backend() + " " + name.text())) {
                record(AuditEvent.of(Kind.FETCH)
                        .secret(name.text(), name.backend(), known.version())
                        .identity(identities.get(name.backend()))
                        .took(millis(took, name.backend())));
            }
        });
    }

    /** Records new versions that were read after the start, all of one backend. It is asked who we are to it. */
    public void fetched(List<Secret> secrets, Fetch fetch) {
        if (!isWanted() || secrets.isEmpty()) {
            return;
        }
        String identity = fetch.identity(secrets.get(0).backend());
        for (Secret secret : secrets) {
            record(AuditEvent.of(Kind.FETCH)
                    .secret(secret.name(), secret.backend(), secret.version())
                    .identity(identity));
        }
    }

    /** Records what a backend refused after the start. It is asked who we are to it. */
    public void refused(String name, String backend, Failure failure, Fetch fetch) {
        if (isWanted()) {
            record(AuditEvent.of(Kind.FAILURE)
                    .secret(name, backend, null)
                    .outcome(outcome(failure))
                    .identity(fetch.identity(backend)));
        }
    }

    /** Records what could not be looked at after the start. */
    public void failed(String name, String backend, Failure failure) {
        record(AuditEvent.of(Kind.FAILURE).secret(name, backend, null).outcome(outcome(failure)));
    }

    /** Records that a child is given a value. */
    public void injected(Secret secret, Target target) {
        record(AuditEvent.of(Kind.INJECT)
                .secret(secret.name(), secret.backend(), secret.version())
                .target(target.toString()));
    }

    /** A failure's kind as the audit has it. */
    public static String outcome(Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void close() {
        audit.close();
    }

    private static AuditEvent failed(
            SecretName name, Failure failure, Map<String, String> identities, Map<String, Duration> took) {
        return AuditEvent.of(Kind.FAILURE)
                .secret(name.text(), name.backend(), null)
                .outcome(outcome(failure))
                .identity(identities.get(name.backend()))
                .took(millis(took, name.backend()));
    }

    private static long millis(Map<String, Duration> took, String backend) {
        Duration duration = took.get(backend);
        return duration == null ? -1 : duration.toMillis();
    }
}
