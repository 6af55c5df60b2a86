package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditSettings;
import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.audit.Syslog;
import io.secretagent.bootstrap.audit.SyslogRelay;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.bootstrap.fetch.Credentials;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Targets;
import io.secretagent.bootstrap.guard.Guards;
import io.secretagent.bootstrap.guard.ValueGuards;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.refresh.Refresh;
import io.secretagent.channel.Build;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.RecordReader;
import io.secretagent.channel.RecordWriter;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The helper process. Started by the agent: reads a {@link ChannelRecord.Request} from stdin, fetches, and writes
 * records to stdout. It ends when that is done, unless the mapping has it look for new versions, or when stdin ends,
 * which is when the application's JVM did.
 */
public final class FetchCommand {
    private static final int INVALID_MAPPING = 78;
    private static final int INTERNAL = 70;

    private final RecordWriter channel;
    private final Map<String, String> environment;

    /** Runs to the end and returns the exit code. */
    public static int run() {
        // Descriptor 1 is the channel and nothing else: whatever an SDK prints goes to stderr.
        OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        try (RecordWriter channel = new RecordWriter(stdout, Build.id())) {
            RecordReader requests = new RecordReader(System.in, Build.id());
            if (!(requests.read() instanceof ChannelRecord.Request request)) {
                System.err.println("secret-agent: fetch is what the agent starts, not a command for people");
                return 64;
            }
            Lifeline lifeline = Lifeline.hold(requests);
            NetworkSettings.adopt(request.network());
            new FetchCommand(channel, System.getenv()).serve(request, lifeline);
            return 0;
        } catch (IOException e) {
            Trace.print(e);
            return INTERNAL;
        }
    }

    private FetchCommand(RecordWriter channel, Map<String, String> environment) {
        this.channel = channel;
        this.environment = environment;
    }

    private void serve(ChannelRecord.Request request, Lifeline lifeline) throws IOException {
        String lacking = NetworkSettings.lackingProviders();
        if (lacking != null) {
            channel.write(new ChannelRecord.Problem(INVALID_MAPPING, lacking));
            end(0, lifeline);
            return;
        }
        Supplier<ValueGuards> valueGuards = ValueGuards.ahead();
        Mapping mapping;
        List<Problem> guarded;
        try {
            mapping = new MappingParser(environment).parse(Path.of(request.mapping()));
            guarded = Guards.ofMapping(mapping, environment);
        } catch (InvalidMappingException e) {
            tell(e.problems());
            end(0, lifeline);
            return;
        } catch (RuntimeException | LinkageError e) {
            defect(e, lifeline);
            return;
        }
        if (Guards.anyError(guarded)) {
            tell(guarded);
            end(0, lifeline);
            return;
        }
        Deadline deadline = Deadline.after(mapping.options().timeout());
        AuditSettings audit = mapping.options().audit();
        SyslogRelay relay = relay(audit, lifeline);
        List<Entry> wanted = Targets.wanted(mapping, request.givenProperties(), environment);
        boolean refreshes = Refresh.isWanted(mapping, wanted);
        channel.write(settings(mapping, refreshes));
        if (audit != null) {
            channel.write(new ChannelRecord.Auditing(audit));
        }
        List<Target> targets = Targets.withStars(mapping);
        channel.write(new ChannelRecord.Targets(targets));
        NetworkSettings.closeStores(targets, request.givenProperties());
        tell(mapping.warnings());
        tell(guarded);
        // Only what a hook writes is masked here.
        Masker masker = mapping.options().onChange().isEmpty() ? null : new Masker();
        for (ChannelRecord.Masked credential : Credentials.in(environment)) {
            channel.write(credential);
            if (masker != null) {
                masker.add(credential.name(), credential.value());
            }
        }
        try (Recording recording = Recording.ofHelper(audit, relay);
                Fetch fetch = new Fetch(environment)) {
            if (request.resumes()) {
                end(0, lifeline);
                Refresh refresh = new Refresh(mapping, wanted, valueGuards.get(), fetch, channel, recording, masker);
                refresh.resume(request.held());
                new Resident(refresh, lifeline, hook(mapping, masker)).stay();
                return;
            }
            Map<Entry, Outcome> outcomes = fetch.run(mapping, wanted, deadline);
            Resolution resolution = Resolution.of(mapping, outcomes);
            List<Problem> valuesGuarded = valueGuards.get().check(mapping, resolution);
            tell(valuesGuarded);
            tellOfLeases(mapping, outcomes);
            deliver(resolution, lifeline);
            // The application has its secrets, and does not wait for this.
            recording.fetched(resolution, fetch);
            if (refreshes) {
                Refresh refresh = new Refresh(mapping, wanted, valueGuards.get(), fetch, channel, recording, masker);
                refresh.start(outcomes, resolution, valuesGuarded);
                new Resident(refresh, lifeline, hook(mapping, masker)).stay();
            }
        } catch (RuntimeException | LinkageError e) {
            defect(e, lifeline);
        }
        if (relay != null) {
            // Nothing more comes that way, so that nobody there waits for it.
            channel.close();
            lifeline.awaitEnd();
        }
    }

    private static @Nullable SyslogRelay relay(@Nullable AuditSettings audit, Lifeline lifeline) {
        if (audit == null || audit.syslog() == null) {
            return null;
        }
        SyslogRelay relay = SyslogRelay.start(Syslog.to(audit.syslog()));
        lifeline.relayTo(relay);
        return relay;
    }

    private @Nullable Hook hook(Mapping mapping, @Nullable Masker masker) {
        return masker == null ? null : Hook.start(mapping, environment, masker);
    }

    private static ChannelRecord.Settings settings(Mapping mapping, boolean refreshes) {
        Mapping.Options options = mapping.options();
        return new ChannelRecord.Settings(
                options.timeout().toMillis(),
                options.mask().replacement(),
                options.mask().minLength(),
                options.mask().stdout(),
                options.startup() == Mapping.Startup.OVERLAP,
                refreshes,
                options.pools());
    }

    /** A database's user that ends in an hour ends the application's work, too. */
    private void tellOfLeases(Mapping mapping, Map<Entry, Outcome> outcomes) throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        outcomes.forEach((entry, outcome) -> {
            if (outcome instanceof Outcome.Found found
                    && found.lease() != null
                    && !found.lease().isZero()
                    && mapping.refresh(entry) == null) {
                lines.add(entry.place() + ": warning: what is lent at "
                        + entry.name().path() + " (backend "
                        + entry.name().backend() + ") ends in " + found.lease().toMinutes()
                        + " minutes; set refresh: so that it is renewed and replaced");
            }
        });
        for (String line : lines) {
            channel.write(new ChannelRecord.Problem(0, line));
        }
    }

    private void deliver(Resolution resolution, Lifeline lifeline) throws IOException {
        for (ChannelRecord.Problem problem : resolution.problems()) {
            channel.write(problem);
        }
        for (ChannelRecord.Masked masked : resolution.masked()) {
            channel.write(masked);
        }
        for (Secret secret : resolution.secrets()) {
            channel.write(new ChannelRecord.Fetched(secret));
        }
        end(resolution.secrets().size(), lifeline);
    }

    private void tell(List<Problem> problems) throws IOException {
        for (Problem problem : problems) {
            int exitCode = problem.severity() == Problem.Severity.ERROR ? INVALID_MAPPING : 0;
            channel.write(new ChannelRecord.Problem(exitCode, problem.line()));
        }
    }

    private void defect(Throwable defect, Lifeline lifeline) throws IOException {
        Trace.print(defect);
        channel.write(new ChannelRecord.Problem(
                INTERNAL,
                "internal error in the helper process (" + defect.getClass().getName()
                        + "); set SECRET_AGENT_DEBUG=1 to see where, and report it"));
        end(0, lifeline);
    }

    /** The end mark; what is left to do, such as revoking a token, the agent does not wait for. */
    private void end(int secrets, Lifeline lifeline) throws IOException {
        lifeline.workIsDone();
        channel.write(new ChannelRecord.End(secrets));
    }
}
