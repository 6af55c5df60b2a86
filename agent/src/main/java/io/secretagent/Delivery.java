package io.secretagent;

import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.inject.Injection;
import io.secretagent.mask.Masker;
import io.secretagent.thread.GuestThread;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the helper delivers, on a daemon thread that ends with it: each value is known to the masker at once, and
 * none is injected before all are there. If the helper goes on after that, so does the thread.
 */
final class Delivery implements Runnable {
    /** How long the helper may take to start and to read the mapping, on a machine that is busy starting others. */
    private static final Duration UNTIL_NAMES = Duration.ofSeconds(60);

    /** What the helper may take beyond its own deadline to say so. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final HelperProcess helper;
    private final Masker masker;
    private final PrintStream err;
    private final Thread thread;
    private final Set<Target> targets = new LinkedHashSet<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<ChannelRecord.Problem> problems = new ArrayList<>();

    private final CountDownLatch haveNames = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The others read these. */
    private volatile long deadline = System.nanoTime() + UNTIL_NAMES.toNanos();

    private volatile ChannelRecord.@Nullable Settings settings;
    private volatile @Nullable ApplicationAudit audit;
    private volatile Set<Target> names = Set.of();
    private volatile @Nullable StartFailure failure;

    private @Nullable Runnable next;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile @Nullable Runnable after;

    static Delivery start(HelperProcess helper, Masker masker, PrintStream err) {
        Delivery delivery = new Delivery(helper, masker, err);
        delivery.thread.start();
        return delivery;
    }

    private Delivery(HelperProcess helper, Masker masker, PrintStream err) {
        this.helper = helper;
        this.masker = masker;
        this.err = err;
        this.thread = GuestThread.of(this, "secret-agent-channel");
    }

    /**
     * Waits for the settings and the names of the targets.
     *
     * @throws StartFailure if they do not come, or what is wrong with the mapping comes in their place
     */
    Set<Target> names() throws StartFailure {
        await(haveNames);
        return names;
    }

    /** What came before the {@linkplain #names names}. */
    ChannelRecord.Settings settings() {
        return Objects.requireNonNull(settings);
    }

    /** What records, if the mapping wants that; it came before the names too. */
    @Nullable ApplicationAudit audit() {
        return audit;
    }

    /**
     * Waits for everything.
     *
     * @throws StartFailure with the lines of everything that failed, if anything required did
     */
    void end() throws StartFailure {
        await(ended);
    }

    /** Has this done when everything is there: by the thread of the delivery, or by this one if it is. */
    void atEnd(Runnable next) {
        synchronized (this) {
            if (ended.getCount() > 0) {
                this.next = next;
                return;
            }
        }
        next.run();
    }

    /** When the helper is given up, as {@link System#nanoTime} tells it. */
    long deadline() {
        return deadline;
    }

    /** Nobody waits for the helper any longer. */
    StartFailure giveUp() {
        return StartFailure.of(helper.giveUp());
    }

    Thread thread() {
        return thread;
    }

    List<Secret> secrets() {
        return secrets;
    }

    /** When all is injected: what the thread goes on with, or null for nothing. */
    void finish(@Nullable Runnable after) {
        this.after = after;
        finished.countDown();
    }

    /**
     * At the end: injects it all.
     *
     * @return what the user should be told although the application starts
     * @throws StartFailure if a value cannot be where it is to go
     */
    List<String> inject(Injection injection) throws StartFailure {
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
            ApplicationAudit recording = audit;
            if (recording != null) {
                recording.helperFailed(e);
            }
        } catch (Throwable defect) {
            failed = StartFailure.defect(defect);
        }
        failure = failed;
        Runnable then;
        synchronized (this) {
            ended.countDown();
            then = next;
        }
        haveNames.countDown();
        if (then != null) {
            then.run();
        }
        if (failed == null) {
            goOn();
        }
    }

    private void goOn() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            // Nobody has a reason to, before main.
            return;
        }
        Runnable goesOn = after;
        if (goesOn != null) {
            goesOn.run();
        }
    }

    private void await(CountDownLatch event) throws StartFailure {
        try {
            while (!event.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                // The settings may have come meanwhile, with another deadline.
                if (deadline - System.nanoTime() <= 0) {
                    throw giveUp();
                }
            }
        } catch (InterruptedException e) {
            throw StartFailure.of(70, "the start was interrupted while it waited for the helper process");
        }
        StartFailure failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Whether it was the end mark. */
    private boolean take(ChannelRecord taken) throws HelperProcess.FailedException {
        if (taken instanceof ChannelRecord.Settings stated) {
            masker.configure(stated.replacement(), stated.minimumLength());
            settings = stated;
            deadline = System.nanoTime() + stated.timeoutMillis() * 1_000_000 + GRACE.toNanos();
        } else if (taken instanceof ChannelRecord.Auditing auditing) {
            audit = ApplicationAudit.start(auditing.settings(), helper, masker, err);
        } else if (taken instanceof ChannelRecord.Targets all) {
            targets.addAll(all.targets());
            names = new LinkedHashSet<>(targets);
            haveNames.countDown();
        } else if (taken instanceof ChannelRecord.Masked masked) {
            warn(masker.add(masked.name(), masked.value()));
        } else if (taken instanceof ChannelRecord.Fetched fetched) {
            Secret secret = fetched.secret();
            if (secret.masked()) {
                warn(masker.add(secret.name(), secret.value()));
            }
            ApplicationAudit recording = audit;
            if (recording != null) {
                recording.fetched(secret);
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
