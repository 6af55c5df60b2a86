package io.secretagent.refresh;

import io.secretagent.audit.Audit;
import io.secretagent.audit.AuditEvent;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperProcess;
import io.secretagent.channel.OneLine;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.inject.Injection;
import io.secretagent.mask.Masker;
import io.secretagent.pool.Passwords;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the helper after the start, on the one thread that reads its channel: what has changed is known to the masker
 * first, then it is put in the place of what was there. A helper that dies is started again.
 */
public final class Refresh implements Runnable, Passwords.Backends {
    private final ChannelRecord.Request request;
    private final Injection injection;
    private final Masker masker;
    private final Passwords passwords;
    private final PrintStream err;
    private final Listener listener;
    private final Answers answers = new Answers();
    private final Restarts restarts = new Restarts();
    private Audit audit = Audit.NONE;
    private @Nullable Consumer<HelperProcess> restarted;
    /** The names of the secrets that the application has. */
    private final Set<String> held = new HashSet<>();
    /** What was told since there is no helper; null as long as there is one. */
    private @Nullable Set<String> toldMeanwhile;

    private volatile HelperProcess helper;
    private volatile boolean ending;

    /**
     * Follows this helper, once it is run.
     *
     * @param request what the helper was asked at the start
     * @param secrets what the application was given
     * @param err where people are told: not the {@code System.err} of the application
     */
    public Refresh(
            HelperProcess helper,
            ChannelRecord.Request request,
            List<Secret> secrets,
            Injection injection,
            Masker masker,
            Passwords passwords,
            PrintStream err) {
        this.helper = helper;
        this.request = request;
        this.injection = injection;
        this.masker = masker;
        this.passwords = passwords;
        this.err = err;
        this.listener = new Listener(err);
        for (Secret secret : secrets) {
            held.add(secret.name());
        }
    }

    /**
     * Records what is revoked, from before this is run.
     *
     * @param toldOfRestarts is given each helper that takes the place of another
     */
    public void record(Audit recording, Consumer<HelperProcess> toldOfRestarts) {
        audit = recording;
        restarted = toldOfRestarts;
    }

    /** Returns at the end of the JVM only. */
    @Override
    public void run() {
        while (true) {
            String end = follow();
            answers.giveUp();
            helper.close();
            if (ending) {
                return;
            }
            tellMeanwhile(end + "; the application keeps the values that it has, and there will be another");
            restarts.await();
            startAgain();
        }
    }

    /** The JVM ends: nothing is followed any more. */
    public void end() {
        ending = true;
        helper.end();
    }

    /** For any thread but the one that follows. */
    @Override
    public void ask(Set<String> names, long millis) {
        if (ending) {
            return;
        }
        int number = answers.ask();
        helper.send(new ChannelRecord.Ask(number, names));
        answers.await(number, millis);
    }

    /** Why there is nothing more to read. */
    private String follow() {
        restarts.started();
        while (true) {
            try {
                take(helper.next());
            } catch (HelperProcess.FailedException ended) {
                return ended.line();
            } catch (RuntimeException | LinkageError defect) {
                // Told by its type: its message could hold anything.
                tellMeanwhile("internal error (" + defect.getClass().getName() + ") with what the helper process sent");
            }
        }
    }

    private void startAgain() {
        try {
            helper = HelperProcess.startAgain(
                    new ChannelRecord.Request(
                            request.mapping(), request.network(), request.givenProperties(), true, held),
                    injection.overlay());
            if (restarted != null) {
                restarted.accept(helper);
            }
        } catch (HelperProcess.FailedException failed) {
            tellMeanwhile(failed.line());
        }
    }

    private void take(ChannelRecord taken) {
        if (ending) {
            return; // such as what the helper breaks off
        }
        if (taken instanceof ChannelRecord.Changed changed) {
            recovered();
            helper.send(new ChannelRecord.Applied(changed.number(), apply(changed)));
        } else if (taken instanceof ChannelRecord.Revoked revoked) {
            recovered();
            revoke(revoked);
        } else if (taken instanceof ChannelRecord.Notice notice) {
            recovered();
            tell(notice.line());
        } else if (taken instanceof ChannelRecord.Answered answered) {
            answers.take(answered.number());
        } else if (taken instanceof ChannelRecord.Masked masked) {
            mask(masked.name(), masked.value());
        } else if (taken instanceof ChannelRecord.Problem problem) {
            // Of a mapping that was changed meanwhile: the next start would fail.
            tellMeanwhile(problem.line());
        }
        // The rest of what a helper says that resumes is known from the start.
    }

    /** The names of the secrets that had other values. */
    private Set<String> apply(ChannelRecord.Changed changed) {
        for (ChannelRecord.Masked masked : changed.masked()) {
            mask(masked.name(), masked.value());
        }
        for (Secret secret : changed.secrets()) {
            if (secret.masked()) {
                mask(secret.name(), secret.value());
            }
            held.add(secret.name());
        }
        // Makes the masker's index here, for which else the next thread that logs would wait.
        masker.mask("");
        passwords.change(changed.secrets());
        List<String> lines = new ArrayList<>();
        Set<String> names = injection.replace(changed.secrets(), lines);
        for (String line : lines) {
            tell(line);
        }
        listener.changed(names);
        return names;
    }

    private void revoke(ChannelRecord.Revoked revoked) {
        tell(revoked.line());
        for (Target target : revoked.targets()) {
            audit.record(AuditEvent.of(AuditEvent.Kind.REVOKED)
                    .secret(revoked.name(), revoked.backend(), null)
                    .target(target.toString())
                    .outcome(
                            switch (revoked.then()) {
                                case KEEP -> "kept";
                                case CLEAR -> "cleared";
                                case EXIT -> "exit";
                            }));
        }
        switch (revoked.then()) {
            case KEEP -> {}
            case CLEAR -> {
                injection.clear(revoked.targets());
                listener.changed(Set.of(revoked.name()));
            }
            // With its hooks, unlike at the start: the application runs, and may have work to finish.
            case EXIT -> System.exit(revoked.exitCode());
        }
    }

    private void mask(String name, String value) {
        String refusal = masker.add(name, value);
        if (refusal != null) {
            tell(refusal);
        }
    }

    private void recovered() {
        if (toldMeanwhile != null) {
            toldMeanwhile = null;
            tell("the helper process runs again");
        }
    }

    /** Once, until there is a helper again. */
    private void tellMeanwhile(String line) {
        if (toldMeanwhile == null) {
            toldMeanwhile = new HashSet<>();
        }
        if (toldMeanwhile.add(line)) {
            tell(line);
        }
    }

    private void tell(String line) {
        err.println("secret-agent: ".concat(OneLine.of(line)));
    }
}
