package io.secretagent.mask;

import java.util.concurrent.TimeUnit;

/** Runs {@link LeakCheck} over new seeds for as long as it is told to. */
final class Fuzz {

    /**
     * Ends with the first leak.
     *
     * @param args how many seconds, and the first seed if it is not to be by chance
     */
    public static void main(String[] args) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[0]));
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        long seed = first;
        while (System.nanoTime() < end) {
            LeakCheck.run(seed++);
        }
        System.out.println((seed - first) + " rounds from seed " + first + ", no leak");
    }

    private Fuzz() {}
}
