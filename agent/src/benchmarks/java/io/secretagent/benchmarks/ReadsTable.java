package io.secretagent.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs {@link ReadsBenchmark} in three JVMs each, and prints what a read takes: by the clock, which on a busy machine counts
 * what others do, and in processor time of the thread that reads.
 */
public final class ReadsTable {
    private static final int ROUNDS = 61;
    private static final int MANY = 200_000;

    public static void main(String[] arguments) throws RunnerException, IOException {
        System.out.println("| read of a system property, ns | median | least | most |");
        System.out.println("|---|---|---|---|");
        processorTime();
        clock();
    }

    private static void processorTime() throws IOException {
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> another = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        ReadsBenchmark.Plain before = new ReadsBenchmark.Plain();
        before.setUp();
        for (int i = 0; i < ROUNDS; i++) {
            plain.add(of(MANY, "shop.other"));
        }
        before.tearDown();
        ReadsBenchmark.Watched watched = new ReadsBenchmark.Watched();
        watched.setUp();
        String[] names = watched.names().toArray(new String[0]);
        for (int i = 0; i < ROUNDS; i++) {
            watched.inject();
            first.add(of(names.length, names));
            watched.settle();
            again.add(of(names.length, names));
            another.add(of(MANY, "shop.other"));
        }
        watched.tearDown();
        print("plain, processor time", plain);
        print("another, processor time", another);
        print("first, processor time", first);
        print("again, processor time", again);
    }

    private static double of(int reads, String... names) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int found = 0;
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < reads; i++) {
            found += System.getProperty(names[i % names.length]) == null ? 0 : 1;
        }
        long time = threads.getCurrentThreadCpuTime() - start;
        if (found != reads) {
            throw new AssertionError("a property is not there");
        }
        return (double) time / reads;
    }

    /** Of the second half of the rounds, when all is warm. */
    private static void print(String name, List<Double> rounds) {
        List<Double> warm = new ArrayList<>(rounds.subList(rounds.size() / 2, rounds.size()));
        Collections.sort(warm);
        print(name, warm.get(warm.size() / 2), warm.get(0), warm.get(warm.size() - 1));
    }

    private static void clock() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ReadsBenchmark.class.getName())
                        .forks(3)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            Statistics all = result.getPrimaryResult().getStatistics();
            print(method.substring(method.lastIndexOf('.') + 1), all.getPercentile(50), all.getMin(), all.getMax());
        }
    }

    private static void print(String name, double median, double least, double most) {
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", name, median, least, most);
    }

    private ReadsTable() {}
}
