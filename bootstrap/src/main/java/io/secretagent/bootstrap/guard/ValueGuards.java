package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** The guards that look at values. */
public final class ValueGuards {
    private final CommonValues common;
    private final RepeatedValues repeated;

    /**
     * Has them made ready by a thread of its own while the values are fetched: the first use of Java's cryptography
     * takes 40 ms, which an application's start would wait for.
     */
    public static Supplier<ValueGuards> ahead() {
        FutureTask<ValueGuards> guards = new FutureTask<>(() -> new ValueGuards(new Fingerprints()));
        Thread thread = new Thread(guards, "secret-agent-guards");
        thread.setDaemon(true);
        thread.start();
        return () -> {
            try {
                return guards.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("the guards were not made ready", e);
            }
        };
    }

    /** Compares by these. */
    public ValueGuards(Fingerprints fingerprints) {
        this.common = new CommonValues(fingerprints);
        this.repeated = new RepeatedValues(fingerprints);
    }

    /** What they find, in these values and between them and those of the checks before; nothing of a value is in what is told. */
    public List<Problem> check(Mapping mapping, Resolution resolution) {
        Findings findings = new Findings(mapping);
        new WeakValues(common, findings).check(resolution);
        repeated.check(resolution, findings);
        return findings.problems();
    }
}
