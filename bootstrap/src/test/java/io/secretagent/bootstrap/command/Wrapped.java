package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution's launcher in a shell, in a folder of its own. */
final class Wrapped {
    private static final long LIMIT_SECONDS = 60;
    private static final long POLL_MILLIS = 5;
    private static final Map<String, Integer> SIGNALS =
            Map.of("HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "USR1", 10, "USR2", 12, "TERM", 15, "WINCH", 28);

    /** What is ignored here, as under nohup or in the background of a shell, would stay ignored in what is started. */
    private static final List<String> WITH_SIGNALS = withSignals();

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> shell = List.of("sh");
    private Path launcher = ChildJvm.distribution().resolve("bin/secret-agent");
    private boolean showingPid;

    /** How it ended and what it wrote. */
    record Result(int exit, String out, String err) {}

    /** The shells that are there: the launcher is to work in each. Those of small images are had if they are not. */
    static List<List<String>> shells() {
        List<List<String>> shells = new ArrayList<>(List.of(List.of("/bin/sh")));
        for (String shell : List.of("dash", "busybox")) {
            try {
                List<String> command =
                        new ArrayList<>(Provision.command(shell, shell.equals("busybox") ? "busybox-static" : shell));
                if (shell.equals("busybox")) {
                    command.add("sh");
                }
                shells.add(command);
            } catch (IOException e) {
                if ("true".equals(System.getenv("CI"))) {
                    throw new UncheckedIOException(e);
                }
                System.err.println("SKIPPED: no " + shell + "; the launcher was not tried with it");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (List<String> shell : List.of(List.of("bash", "--posix"), List.of("ksh"))) {
            for (String folder : System.getenv("PATH").split(":", -1)) {
                Path program = Path.of(folder, shell.get(0));
                if (Files.isExecutable(program)) {
                    List<String> command = new ArrayList<>(shell);
                    command.set(0, program.toString());
                    shells.add(command);
                    break;
                }
            }
        }
        return shells;
    }

    static int number(String signal) {
        Integer number = SIGNALS.get(signal);
        if (number == null) {
            throw new IllegalArgumentException(signal);
        }
        return number;
    }

    Wrapped(Path folder) {
        this.folder = folder;
    }

    Wrapped shell(List<String> with) {
        shell = with;
        return this;
    }

    /** Another script than the distribution's launcher. */
    Wrapped launcher(Path script) {
        launcher = script;
        return this;
    }

    /** The command finds the launcher's pid in {@code EXPECTED_PID}. */
    Wrapped showingPid() {
        showingPid = true;
        return this;
    }

    Wrapped environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    /** Runs a script that finds the launcher in {@code $RUN}. */
    Result script(String script) throws IOException, InterruptedException {
        return start(List.of("sh", "-c", script)).end();
    }

    Running start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        if (showingPid) {
            line.addAll(List.of("sh", "-c", "EXPECTED_PID=$$ exec \"$@\"", "sh"));
        }
        line.addAll(shell);
        line.add(launcher.toString());
        line.addAll(List.of(arguments));
        return start(line);
    }

    private Running start(List<String> command) throws IOException {
        List<String> line = new ArrayList<>(WITH_SIGNALS);
        line.addAll(command);
        Path out = Files.createTempFile(folder, "wrapped", ".out");
        Path err = Files.createTempFile(folder, "wrapped", ".err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("RUN", launcher.toString());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    private static List<String> withSignals() {
        List<String> line = List.of("env", "--default-signal");
        List<String> trial = new ArrayList<>(line);
        trial.add("true");
        try {
            boolean known = new ProcessBuilder(trial)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return known ? line : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** One that runs. */
    record Running(Process process, Path out, Path err) {

        void signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        /** Waits until its output is this. */
        void awaitOutput(String expected) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!Files.readString(out, UTF_8).equals(expected)) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    process.destroyForcibly();
                    throw new IOException("it wrote " + Files.readString(out, UTF_8) + Files.readString(err, UTF_8));
                }
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        Result end() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException("it did not end within " + LIMIT_SECONDS + " s: " + Files.readString(out, UTF_8)
                        + Files.readString(err, UTF_8));
            }
            return new Result(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        }
    }
}
