package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM started as a user starts it: the distribution's agent, a mapping, a main class of the tests.
 *
 * <pre>{@code
 * ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).environment("VAULT_TOKEN", token)
 *         .run(ShowSecrets.class, "db.password");
 * }</pre>
 */
public final class ChildJvm {
    private static final long LIMIT_SECONDS = 120;

    private final Jdks.Jdk jdk;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();
    private @Nullable Path folder;

    /** How it ended and what it wrote. */
    public record Result(int exit, String out, String err) {}

    public static ChildJvm on(Jdks.Jdk jdk) {
        return new ChildJvm(jdk);
    }

    private ChildJvm(Jdks.Jdk jdk) {
        this.jdk = jdk;
        classPath.add(testClasses());
    }

    /** {@code -javaagent:secret-agent.jar=MAPPING}. */
    public ChildJvm agent(Path mapping) {
        return option("-javaagent:" + agentJar() + "=" + mapping);
    }

    /** A JVM option, such as {@code -Dname=value}. */
    public ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    /** Another command that starts it: a tracer, a limiter. */
    public ChildJvm under(List<String> command) {
        prefix.addAll(command);
        return this;
    }

    /** A variable beyond those of the tests' own environment. */
    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ChildJvm classPath(Path entry) {
        classPath.add(entry);
        return this;
    }

    public ChildJvm in(Path workingFolder) {
        folder = workingFolder;
        return this;
    }

    /** Runs a main class of the tests to its end. */
    public Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("-cp");
        command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Runs with these arguments after the options. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        try {
            Process process = start(out, err, arguments);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException("the child did not end within " + LIMIT_SECONDS + " s: " + Files.readString(out)
                        + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts it and leaves it to the caller; stdin is a pipe. */
    public Process start(Path out, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The command line, for a test that starts it in a way of its own. */
    public List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.java().toString());
        command.addAll(options);
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@code bootstrap/target/secret-agent}. */
    public static Path distribution() {
        return Path.of(System.getProperty("secretagent.distribution", "target/secret-agent"))
                .toAbsolutePath();
    }

    public static Path agentJar() {
        return distribution().resolve("lib/secret-agent.jar");
    }

    /** The folder that the tests' own classes are in. */
    public static Path testClasses() {
        return Path.of(ChildJvm.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
