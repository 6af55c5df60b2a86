package io.secretagent.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link ReadsBenchmark} in three JVMs each, and prints what a read takes. */
public final class ReadsTable {

    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ReadsBenchmark.class.getName())
                        .forks(3)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.println("| read of a system property | ns, median | least | most |");
        System.out.println("|---|---|---|---|");
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            Statistics all = result.getPrimaryResult().getStatistics();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f |%n",
                    method.substring(method.lastIndexOf('.') + 1),
                    all.getPercentile(50),
                    all.getMin(),
                    all.getMax());
        }
    }

    private ReadsTable() {}
}
