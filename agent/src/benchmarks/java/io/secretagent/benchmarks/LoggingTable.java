package io.secretagent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link LoggingBenchmark} in pairs: a fork without the agent, a fork with the packaged agent and 100 secrets of a
 * directory, and so on in turn, so that what else the machine does meets both.
 */
public final class LoggingTable {
    private static final int SECRETS = 100;

    /**
     * Prints a row for each framework.
     *
     * @param arguments the agent's jar beside {@code bootstrap.jar}, and how many pairs
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        String agent = "-javaagent:" + Path.of(arguments[0]).toAbsolutePath() + "=" + mapping();
        int pairs = Integer.parseInt(arguments[1]);
        System.out.println("| framework | with / without, median | of the pairs | events/s with | events/s without |");
        System.out.println("|---|---|---|---|---|");
        for (String framework : List.of("logback", "log4j")) {
            double[] without = new double[pairs];
            double[] with = new double[pairs];
            double[] ratios = new double[pairs];
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                // Every other pair the other way round: a disk that slows down is no fault of the second.
                boolean agentFirst = i % 2 == 1;
                double first = run(framework, agentFirst ? agent : null);
                double second = run(framework, agentFirst ? null : agent);
                with[i] = agentFirst ? first : second;
                without[i] = agentFirst ? second : first;
                ratios[i] = with[i] / without[i];
                shown.add(percent(ratios[i]));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %.0f |%n",
                    framework,
                    percent(median(ratios)),
                    String.join(" ", shown),
                    median(with),
                    median(without));
        }
    }

    private static double run(String framework, String agent) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(LoggingBenchmark.class.getName() + "\\." + framework + "$")
                .forks(1)
                .verbosity(VerboseMode.SILENT);
        if (agent != null) {
            options.jvmArgsAppend(agent);
        }
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }

    private static Path mapping() throws IOException {
        Path folder = Files.createTempDirectory("secrets");
        Path mapping = folder.resolve("secrets.yaml");
        List<String> secrets = Secrets.make(SECRETS);
        StringBuilder text = new StringBuilder("backends:\n  here: {type: directory, path: .}\nsecrets:\n  here:\n");
        for (int i = 0; i < secrets.size(); i++) {
            Files.writeString(folder.resolve("S" + i), secrets.get(i));
            text.append("    S").append(i).append(": ").append(LoggingBenchmark.SECRET);
            text.append(i == 0 ? "" : "." + i).append('\n');
        }
        Files.writeString(mapping, text);
        Files.setPosixFilePermissions(mapping, PosixFilePermissions.fromString("rw-------"));
        return mapping;
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private LoggingTable() {}
}
