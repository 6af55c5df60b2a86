package io.secretagent.benchmarks;

import io.secretagent.mask.Masker;
import java.util.List;
import java.util.Locale;

/** What the masker costs a fresh JVM: 100 secrets added, and the first text masked. */
public final class FirstUse {
    private static final int SECRETS = 100;

    /** Prints milliseconds and KiB kept. */
    public static void main(String[] arguments) {
        List<String> secrets = Secrets.make(SECRETS);
        long before = used();
        long start = System.nanoTime();
        Masker masker = new Masker();
        for (String secret : secrets) {
            masker.add("secret", secret);
        }
        // Not by +, which here is linked at run time and takes as long as half of the rest.
        String masked = masker.mask("key ".concat(secrets.get(7)));
        long nanos = System.nanoTime() - start;
        long kept = used() - before;
        if (!masked.equals("key ***")) {
            throw new IllegalStateException("nothing is masked");
        }
        System.out.printf(Locale.ROOT, "%.1f %d%n", nanos / 1e6, kept / 1024);
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
