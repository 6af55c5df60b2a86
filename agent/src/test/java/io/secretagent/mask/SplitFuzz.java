package io.secretagent.mask;

import java.util.concurrent.TimeUnit;

/** Runs {@link SplitCheck} over new seeds for as long as it is told to. */
final class SplitFuzz {

    /**
     * Ends with the first failure.
     *
     * @param args how many seconds, and the first seed if it is not to be by chance
     */
    public static void main(String[] args) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[0]));
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        long seed = first;
        while (System.nanoTime() < end) {
            SplitCheck.run(seed++);
        }
        System.out.println((seed - first) + " rounds from seed " + first + ", no failure");
    }

    private SplitFuzz() {}
}
