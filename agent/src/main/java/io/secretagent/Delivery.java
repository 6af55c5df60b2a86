package io.secretagent;

import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.inject.Injection;
import io.secretagent.mask.Masker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the helper delivers, on a daemon thread that ends with it: each value is known to the masker at once, and
 * none is injected before all are there.
 */
final class Delivery implements Runnable {
    /** How long the helper may take to start and to read the mapping, on a machine that is busy starting others. */
    private static final Duration UNTIL_NAMES = Duration.ofSeconds(60);

    /** What the helper may take beyond its own deadline to say so. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final HelperProcess helper;
    private final Masker masker;
    private final Thread thread;
    private final Set<Target> targets = new LinkedHashSet<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<ChannelRecord.Problem> problems = new ArrayList<>();

    /** These are guarded by this object; what is above is the thread's own until the end. */
    private long deadline = System.nanoTime() + UNTIL_NAMES.toNanos();

    private ChannelRecord.@Nullable Settings settings;
    private @Nullable Set<Target> named;
    private boolean ended;
    private @Nullable StartFailure failure;
    private @Nullable Runnable next;

    static Delivery start(HelperProcess helper, Masker masker) {
        Delivery delivery = new Delivery(helper, masker);
        delivery.thread.setDaemon(true);
        delivery.thread.start();
        return delivery;
    }

    private Delivery(HelperProcess helper, Masker masker) {
        this.helper = helper;
        this.masker = masker;
        this.thread = new Thread(this, "secret-agent-channel");
    }

    /**
     * Waits for the settings and the names of the targets.
     *
     * @throws StartFailure if they do not come, or what is wrong with the mapping comes in their place
     */
    synchronized Set<Target> names() throws StartFailure {
        while (named == null && !ended) {
            await();
        }
        if (failure != null) {
            throw failure;
        }
        return named == null ? Set.of() : named;
    }

    /** What came before the {@linkplain #names names}. */
    synchronized ChannelRecord.Settings settings() {
        return Objects.requireNonNull(settings);
    }

    /**
     * Waits for everything.
     *
     * @throws StartFailure with the lines of everything that failed, if anything required did
     */
    synchronized void end() throws StartFailure {
        while (!ended) {
            await();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Has this done when everything is there: by the thread of the delivery, or by this one if it is. */
    void atEnd(Runnable next) {
        synchronized (this) {
            if (!ended) {
                this.next = next;
                return;
            }
        }
        next.run();
    }

    /** When the helper is given up, as {@link System#nanoTime} tells it. */
    synchronized long deadline() {
        return deadline;
    }

    /** Nobody waits for the helper any longer. */
    StartFailure giveUp() {
        return StartFailure.of(helper.giveUp());
    }

    Thread thread() {
        return thread;
    }

    /**
     * At the end: injects it all, and lets go of the helper.
     *
     * @return what the user should be told although the application starts
     * @throws StartFailure if a value cannot be where it is to go
     */
    List<String> inject(Injection injection) throws StartFailure {
        helper.close();
        List<String> refused = injection.refused(secrets);
        if (!refused.isEmpty()) {
            throw StartFailure.of(78, refused);
        }
        // Those that the mapping names are masked by now; these are the keys of a star.
        lines.addAll(injection.maskWinners(targets, masker));
        injection.inject(secrets);
        return lines;
    }

    @Override
    public void run() {
        StartFailure failed = null;
        try {
            while (!take(helper.next())) {
                // Each record is taken in turn until the end mark.
            }
            int code = ChannelRecord.Problem.gravest(problems);
            failed = code == 0 ? null : StartFailure.of(code, lines);
        } catch (HelperProcess.FailedException e) {
            failed = StartFailure.of(e);
        } catch (Throwable defect) {
            failed = StartFailure.defect(defect);
        }
        Runnable then;
        synchronized (this) {
            failure = failed;
            ended = true;
            then = next;
            notifyAll();
        }
        if (then != null) {
            then.run();
        }
    }

    private void await() throws StartFailure {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw giveUp();
        }
        try {
            wait(left / 1_000_000 + 1);
        } catch (InterruptedException e) {
            throw StartFailure.of(70, "the start was interrupted while it waited for the helper process");
        }
    }

    /** Whether it was the end mark. */
    private boolean take(ChannelRecord taken) throws HelperProcess.FailedException {
        if (taken instanceof ChannelRecord.Settings stated) {
            masker.configure(stated.replacement(), stated.minimumLength());
            synchronized (this) {
                settings = stated;
                deadline = System.nanoTime() + stated.timeoutMillis() * 1_000_000 + GRACE.toNanos();
            }
        } else if (taken instanceof ChannelRecord.Targets all) {
            targets.addAll(all.targets());
            synchronized (this) {
                named = new LinkedHashSet<>(targets);
                notifyAll();
            }
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
