package io.secretagent.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link MaskingBenchmark}: our rows at every share of lines with a secret, the other engines at one. */
public final class MaskingTable {
    private static final String OURS = "(bytes|bytesOfALine|string|stream)";
    private static final String OTHERS = "(stringReplace|regex|trie|doubleArrayTrie)";
    private static final double CHUNK = 64 * 1024;

    private record Row(String name, String secrets, String hits, double micros, double error, double allocated) {}

    public static void main(String[] arguments) throws RunnerException {
        List<Row> rows = new ArrayList<>();
        run("arraycopy", rows, "0");
        run(OURS, rows, "0", "0.001", "0.05");
        run(OTHERS, rows, "0.001");
        System.out.println("| row | secrets | lines with a secret | arraycopies | GB/s | us for 64 KiB | B allocated |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s %% | %.1f | %.2f | %.1f ± %.1f | %.0f |%n",
                    row.name,
                    row.secrets,
                    Double.parseDouble(row.hits) * 100,
                    row.micros / copyOf(rows, row.secrets),
                    CHUNK / row.micros / 1000,
                    row.micros,
                    row.error,
                    row.allocated);
        }
    }

    private static void run(String methods, List<Row> rows, String... hits) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(MaskingBenchmark.class.getName() + "\\." + methods + "$")
                        .param("hits", hits)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            rows.add(new Row(
                    method.substring(method.lastIndexOf('.') + 1),
                    result.getParams().getParam("secrets"),
                    result.getParams().getParam("hits"),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    allocated(result)));
        }
    }

    private static double allocated(RunResult result) {
        for (Result<?> secondary : result.getSecondaryResults().values()) {
            if (secondary.getLabel().endsWith("gc.alloc.rate.norm")) {
                return secondary.getScore();
            }
        }
        return Double.NaN;
    }

    private static double copyOf(List<Row> rows, String secrets) {
        for (Row row : rows) {
            if (row.name.equals("arraycopy") && row.secrets.equals(secrets)) {
                return row.micros;
            }
        }
        return Double.NaN;
    }

    private MaskingTable() {}
}
