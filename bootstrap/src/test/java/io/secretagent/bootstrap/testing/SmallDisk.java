package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of 64 KiB, and another user to whom something can be forbidden: both are root's to give. */
public final class SmallDisk implements AutoCloseable {
    private static final String NOBODY = "65534";

    private final Path path;

    /** Mounts one; the test is left out, aloud, where that is not allowed. */
    public static SmallDisk mounted(Path path) throws IOException, InterruptedException {
        Files.createDirectory(path);
        orSkip("a small file system", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path.toString());
        return new SmallDisk(path);
    }

    private SmallDisk(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** What a command begins with to be run by somebody who is not root. */
    public static List<String> asNobody(Path folder) throws IOException, InterruptedException {
        orSkip("a process of another user", "setpriv", "--reuid=" + NOBODY, "--clear-groups", "ls", "/");
        for (Path parent = folder; parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent)
                    .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE)) {
                // JUnit makes its folders for their owner alone.
                run("chmod", "o+x", parent.toString());
            }
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups");
    }

    /** Makes everything in the folder that user's. */
    public static void giveToNobody(Path folder) throws IOException, InterruptedException {
        run("chown", "-R", NOBODY, folder.toString());
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", path.toString());
        } catch (InterruptedException e) {
            throw new IOException("interrupted while unmounting", e);
        }
    }

    private static void orSkip(String what, String... command) throws IOException, InterruptedException {
        if (exit(command) != 0) {
            System.err.println("SKIPPED: " + what + " is not to be had here: " + String.join(" ", command));
            Assumptions.abort(what + " is not to be had here");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (exit(command) != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1; // no such command
        }
    }
}
