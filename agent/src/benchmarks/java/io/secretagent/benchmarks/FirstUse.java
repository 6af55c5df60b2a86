package io.secretagent.benchmarks;

import io.secretagent.mask.Masker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;

/**
 * What the masker costs a fresh JVM: 100 secrets added, and the first text masked. In processor time of the thread: by the
 * clock it is the same on a machine that does nothing else.
 */
public final class FirstUse {
    private static final int SECRETS = 100;

    /**
     * Prints milliseconds of processor time, KiB kept and milliseconds by the clock.
     *
     * @param arguments anything for a masker that was prepared, as the agent's is while it waits for the secrets
     */
    public static void main(String[] arguments) {
        List<String> secrets = Secrets.make(SECRETS);
        if (arguments.length > 0) {
            Masker.prepare();
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = used();
        long clock = System.nanoTime();
        long start = threads.getCurrentThreadCpuTime();
        Masker masker = new Masker();
        for (String secret : secrets) {
            masker.add("secret", secret);
        }
        // Not by +, which here is linked at run time and takes as long as half of the rest.
        String masked = masker.mask("key ".concat(secrets.get(7)));
        long nanos = threads.getCurrentThreadCpuTime() - start;
        clock = System.nanoTime() - clock;
        long kept = used() - before;
        if (!masked.equals("key ***")) {
            throw new IllegalStateException("nothing is masked");
        }
        System.out.printf(Locale.ROOT, "%.1f %d %.1f%n", nanos / 1e6, kept / 1024, clock / 1e6);
        // Until here, so that it counts.
        masker.mask("");
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private FirstUse() {}
}
