package io.secretagent.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs {@link MaskingBenchmark}: our rows at every share of lines with a secret, the other engines at one and once. All
 * that is printed is processor time, but for the bytes allocated.
 */
public final class MaskingTable {
    private static final String OURS = "(bytes|bytesOfALine|string|stream)";
    private static final String OTHERS = "(stringReplace|regex|trie|doubleArrayTrie)";
    private static final double CHUNK = 64 * 1024;

    /** What a copy takes, by the number of secrets: its rows come first. */
    private record Copy(String secrets, double micros) {}

    private final List<Copy> copies = new ArrayList<>();

    public static void main(String[] arguments) throws RunnerException {
        MaskingTable table = new MaskingTable();
        System.out.println("| row | secrets | lines with a secret | arraycopies | GB/s, median (least to most)"
                + " | us for 64 KiB | B allocated |");
        System.out.println("|---|---|---|---|---|---|---|");
        table.run("arraycopy", 3, "0");
        table.run(OURS, 3, "0", "0.001", "0.05");
        table.run(OTHERS, 1, "0.001");
    }

    private void run(String methods, int forks, String... hits) throws RunnerException {
        List<RunResult> results = new ArrayList<>(new Runner(new OptionsBuilder()
                        .include(MaskingBenchmark.class.getName() + "\\." + methods + "$")
                        .param("hits", hits)
                        .forks(forks)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run());
        for (RunResult result : results) {
            print(result);
        }
    }

    private void print(RunResult result) {
        String method = result.getParams().getBenchmark();
        String row = method.substring(method.lastIndexOf('.') + 1);
        String secrets = result.getParams().getParam("secrets");
        Statistics micros = secondary(result, ProcessorTime.LABEL).getStatistics();
        double median = micros.getPercentile(50);
        if (row.equals("arraycopy")) {
            copies.add(new Copy(secrets, median));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s %% | %.1f | %.2f (%.2f to %.2f) | %.1f | %.0f |%n",
                row,
                secrets,
                Double.parseDouble(result.getParams().getParam("hits")) * 100,
                median / copyOf(secrets),
                CHUNK / median / 1000,
                CHUNK / micros.getMax() / 1000,
                CHUNK / micros.getMin() / 1000,
                median,
                secondary(result, "gc.alloc.rate.norm").getScore());
    }

    private static Result<?> secondary(RunResult result, String label) {
        for (Result<?> secondary : result.getSecondaryResults().values()) {
            if (secondary.getLabel().endsWith(label)) {
                return secondary;
            }
        }
        throw new IllegalStateException("not measured: " + label);
    }

    private double copyOf(String secrets) {
        for (Copy copy : copies) {
            if (copy.secrets.equals(secrets)) {
                return copy.micros;
            }
        }
        return Double.NaN;
    }

    private MaskingTable() {}
}
