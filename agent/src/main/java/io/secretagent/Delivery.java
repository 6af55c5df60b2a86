package io.secretagent;

import io.secretagent.audit.Audit;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import io.secretagent.sink.Masking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that the helper delivered, whole: each value is known to the masker, none is injected yet. */
final class Delivery {
    /** How long the helper may take to start and to read the mapping, on a machine that is busy starting others. */
    private static final Duration UNTIL_SETTINGS = Duration.ofSeconds(60);

    /** What the helper may take beyond its own deadline to say so. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final HelperProcess helper;
    private final Masker masker;
    private final Masking masking;
    private final Set<Target> targets = new LinkedHashSet<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<ChannelRecord.Problem> problems = new ArrayList<>();
    private @Nullable ApplicationAudit audit;
    private long deadline = System.nanoTime() + UNTIL_SETTINGS.toNanos();

    /**
     * Reads the channel to its end mark.
     *
     * @throws StartFailure with the lines of everything that failed, if anything required did
     */
    static Delivery receive(HelperProcess helper, Masker masker, Masking masking)
            throws StartFailure, HelperProcess.FailedException {
        Delivery delivery = new Delivery(helper, masker, masking);
        try {
            while (!delivery.take(helper.next(delivery.deadline))) {
                // Each record is taken in turn until the end mark.
            }
        } catch (HelperProcess.FailedException e) {
            if (delivery.audit != null) {
                delivery.audit.helperFailed(e);
            }
            throw e;
        }
        int failed = ChannelRecord.Problem.gravest(delivery.problems);
        if (failed != 0) {
            throw StartFailure.of(failed, delivery.lines);
        }
        return delivery;
    }

    private Delivery(HelperProcess helper, Masker masker, Masking masking) {
        this.helper = helper;
        this.masker = masker;
        this.masking = masking;
    }

    /** The targets that the mapping names, fetched or not, and those that a {@code #*} turned out to name. */
    Set<Target> targets() {
        return targets;
    }

    List<Secret> secrets() {
        return secrets;
    }

    /** What takes note of what becomes of the secrets. */
    Audit audit() {
        return audit == null ? Audit.NONE : audit.audit();
    }

    /** What the user should be told although the application starts. */
    List<String> warnings() {
        return lines;
    }

    /** Whether it was the end mark. */
    private boolean take(ChannelRecord taken) throws HelperProcess.FailedException {
        if (taken instanceof ChannelRecord.Settings settings) {
            deadline = System.nanoTime() + settings.timeoutMillis() * 1_000_000 + GRACE.toNanos();
            masker.configure(settings.replacement(), settings.minimumLength());
            if (!settings.maskStdout()) {
                masking.passStdout();
            }
        } else if (taken instanceof ChannelRecord.Auditing auditing) {
            audit = ApplicationAudit.start(auditing.settings(), helper, System.err);
        } else if (taken instanceof ChannelRecord.Targets named) {
            targets.addAll(named.targets());
        } else if (taken instanceof ChannelRecord.Masked masked) {
            warn(masker.add(masked.name(), masked.value()));
        } else if (taken instanceof ChannelRecord.Fetched fetched) {
            Secret secret = fetched.secret();
            if (secret.masked()) {
                warn(masker.add(secret.name(), secret.value()));
            }
            secrets.add(secret);
            targets.addAll(secret.targets());
        } else if (taken instanceof ChannelRecord.Problem problem) {
            lines.add(problem.line());
            problems.add(problem);
        } else if (taken instanceof ChannelRecord.End end) {
            if (end.secrets() != secrets.size()) {
                throw new HelperProcess.FailedException(
                        70, "the helper process sent " + end.secrets() + " secrets and " + secrets.size() + " came");
            }
            return true;
        }
        return false;
    }

    private void warn(@Nullable String refusal) {
        if (refusal != null) {
            lines.add(refusal);
        }
    }
}
