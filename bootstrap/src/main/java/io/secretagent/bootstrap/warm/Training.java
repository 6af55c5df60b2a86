package io.secretagent.bootstrap.warm;

import io.secretagent.channel.Build;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.HelperCommand;
import io.secretagent.channel.RecordReader;
import io.secretagent.channel.RecordWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the {@linkplain Rehearsal rehearsal} in a JVM that writes down which classes it took. */
public final class Training {
    /** The first argument of the JVM that is trained. */
    public static final String ARGUMENT = "rehearse";

    private static final long LIMIT_SECONDS = 300;

    private final Path java;
    private final File jar;
    private final Path folder;

    /** The training came to nothing; carries why, for a person. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String why) {
            super(why);
        }
    }

    /**
     * A training of one java.
     *
     * @param folder an empty one that only this user can enter, where it leaves what it makes
     */
    public Training(Path java, File jar, Path folder) {
        this.java = java;
        this.jar = jar;
        this.folder = folder;
    }

    /** An archive for class-data sharing, on top of the one that the JDK brings along. */
    public Path archive(Rehearsal rehearsal) throws FailedException, IOException, InterruptedException {
        Path archive = folder.resolve("archive");
        rehearse(rehearsal, List.of("-XX:ArchiveClassesAtExit=" + archive));
        return made(archive);
    }

    /** A cache of JEP 483, in two steps, as JDK 24 does not have the single one yet. */
    public Path cache(Rehearsal rehearsal) throws FailedException, IOException, InterruptedException {
        Path configuration = folder.resolve("configuration");
        Path cache = folder.resolve("cache");
        rehearse(rehearsal, List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration));
        List<String> command = command(
                List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + configuration, "-XX:AOTCache=" + cache));
        Process process = start(command, Map.of());
        process.getInputStream().readAllBytes();
        end(process);
        return made(cache);
    }

    private void rehearse(Rehearsal rehearsal, List<String> options)
            throws FailedException, IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.addAll(rehearsal.options());
        List<String> command = command(all);
        command.addAll(List.of(ARGUMENT, rehearsal.mapping().toString()));
        Process process = start(command, rehearsal.environment());
        String why = null;
        try (RecordWriter requests = new RecordWriter(process.getOutputStream(), Build.id())) {
            requests.write(new ChannelRecord.Request(rehearsal.mapping().toString(), Map.of(), Set.of()));
            RecordReader records = new RecordReader(process.getInputStream(), Build.id());
            ChannelRecord next = records.read();
            while (next != null && !(next instanceof ChannelRecord.End)) {
                if (next instanceof ChannelRecord.Problem problem && problem.exitCode() != 0 && why == null) {
                    why = problem.line();
                }
                next = records.read();
            }
            // Its stdin ends only now: it would end with it, at once and with no archive.
            end(process);
        } catch (IOException e) {
            end(process);
            throw e;
        }
        if (why != null) {
            throw new FailedException(why);
        }
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(HelperCommand.FLAGS);
        command.add("-Xmx256m");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void end(Process process) throws FailedException, IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new FailedException("it did not end within " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            List<String> said = Files.readAllLines(folder.resolve("stderr"));
            throw new FailedException("it ended with " + process.exitValue()
                    + (said.isEmpty() ? "" : " (" + said.get(0).replace("secret-agent: ", "") + ")"));
        }
    }

    private static Path made(Path file) throws FailedException {
        if (!Files.isRegularFile(file)) {
            throw new FailedException("this JVM wrote nothing");
        }
        return file;
    }
}
