package io.secretagent.bootstrap.sink;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The same clean logs twice, without the agent and with it and files full of secrets: they must not differ. */
record CleanRun(Path folder, Jdks.Jdk jdk) {
    private static final long LIMIT_MINUTES = 30;
    private static final int MEGABYTE = 1_000_000;

    /** A framework, and the option that configures it, which may name a file beside this class. */
    enum Framework {
        LOGBACK("logback-1.5", "-Dlogback.configurationFile=logback-clean.xml"),
        LOG4J_2("log4j-2.25", "-Dlog4j2.configurationFile=log4j2-clean.xml"),
        RELOAD4J("reload4j-1.2", "-Dlog4j.configuration=file:log4j-clean.properties"),
        TINYLOG("tinylog-2.7", "-Dtinylog.configuration=tinylog-clean.properties"),
        JUL("", "-Dlog=jul");

        private final String version;
        private final String option;

        Framework(String version, String option) {
            this.version = version;
            this.option = option;
        }
    }

    /**
     * Runs it.
     *
     * @param megabytes of text, for each sink of the framework
     * @return the logs, and whether each came as without the agent
     */
    List<Log> logs(Framework framework, int megabytes) throws IOException, InterruptedException {
        Path texts = Files.writeString(
                folder.resolve("texts"), String.join("\0", new CleanTexts(2, "billing.example.org").texts()));
        ChildJvm without = ChildJvm.on(jdk);
        ChildJvm with = ChildJvm.on(jdk).agent(mapping());
        Path expected = run(framework, without, "without", texts, megabytes);
        Path masked = run(framework, with, "with", texts, megabytes);
        List<Log> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(expected)) {
            for (Path file : files.sorted().toList()) {
                Path other = masked.resolve(file.getFileName());
                logs.add(new Log(file, other, Files.mismatch(file, other)));
            }
        }
        return logs;
    }

    /** A log without the agent, the one with it, and where they differ first, negative if nowhere. */
    record Log(Path expected, Path masked, long mismatch) {
        /** What is there: the texts are clean, so that they can be shown. */
        String difference() throws IOException {
            return mismatch < 0 ? "" : masked.getFileName() + ": " + around(expected) + "\nbecame: " + around(masked);
        }

        private String around(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(Math.max(0, mismatch - 80));
                return new String(in.readNBytes(160), java.nio.charset.StandardCharsets.ISO_8859_1);
            }
        }
    }

    private Path run(Framework framework, ChildJvm child, String name, Path texts, int megabytes)
            throws IOException, InterruptedException {
        Path logs = Files.createDirectories(folder.resolve(framework + "-" + name));
        child.option("-Dlogs=" + logs)
                .option("-Dstdout.encoding=UTF-8")
                .option("-Dfile.encoding=UTF-8")
                .option("-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%6$s%n")
                .option(withConfiguration(framework.option));
        List<String> classPath = new ArrayList<>(List.of(ChildJvm.testClasses().toString()));
        if (!framework.version.isEmpty()) {
            try (Stream<Path> jars = Files.list(Path.of("target/frameworks", framework.version))) {
                jars.forEach(jar -> classPath.add(jar.toString()));
            }
        }
        Path err = folder.resolve("err");
        Process process = child.start(
                logs.resolve("out"),
                err,
                "-cp",
                String.join(":", classPath),
                LogsCleanTexts.class.getName(),
                texts.toString(),
                Long.toString((long) megabytes * MEGABYTE));
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            throw new IOException(framework + " " + name + ": " + Files.readString(err));
        }
        return logs;
    }

    private Path mapping() throws IOException {
        Path mounted = Files.createDirectories(folder.resolve("mounted"));
        StringBuilder mapping = new StringBuilder(
                "backends:\n  mounted: {type: directory, path: " + mounted + "}\nsecrets:\n  mounted:\n");
        List<String> secrets = new CleanTexts(1, "orders.example.com").filesWithSecrets();
        for (int i = 0; i < secrets.size(); i++) {
            Files.writeString(mounted.resolve("s" + i), secrets.get(i));
            mapping.append("    s").append(i).append(": secret.s").append(i).append('\n');
        }
        return Files.writeString(folder.resolve("secrets.yaml"), mapping);
    }

    private String withConfiguration(String option) throws IOException {
        int end = Math.max(option.lastIndexOf('='), option.lastIndexOf(':')) + 1;
        String name = option.substring(end);
        if (!name.contains("-clean")) {
            return option;
        }
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(CleanRun.class.getResourceAsStream(name))) {
            Files.write(file, in.readAllBytes());
        }
        return option.substring(0, end) + file;
    }

    /**
     * Prints what came of each framework; ends with 1 if a log differed. To be run in the folder of this module after it
     * was packaged and its tests were prepared: {@code java -cp target/test-classes io.secretagent.bootstrap.sink.CleanRun 100}.
     *
     * @param arguments how many megabytes for each sink: with 100, the logs are more than a gigabyte
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("clean");
        long bytes = 0;
        boolean same = true;
        for (Framework framework : Framework.values()) {
            for (Log log : new CleanRun(folder, Jdks.current()).logs(framework, Integer.parseInt(arguments[0]))) {
                bytes += Files.size(log.masked());
                same &= log.mismatch() < 0;
                System.out.printf(
                        "%-10s%-12s%8d MB  %s%n",
                        framework,
                        log.masked().getFileName(),
                        Files.size(log.masked()) / MEGABYTE,
                        log.mismatch() < 0 ? "as without the agent" : log.difference());
                Files.delete(log.masked());
                Files.delete(log.expected());
            }
        }
        System.out.println(bytes / MEGABYTE + " MB in all");
        System.exit(same ? 0 : 1);
    }
}
