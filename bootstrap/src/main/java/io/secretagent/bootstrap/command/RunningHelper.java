package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A helper of this user's that refreshes, as {@code /proc} shows it: what comes of a signal it says by the name of its
 * main thread, since there is no file and no socket by which anybody could talk to it.
 */
record RunningHelper(ProcessHandle process) {
    private static final String COMMAND = "bootstrap.jar\0fetch\0";
    private static final int SIGHUP_BIT = 1;

    /** Empty if the process is another one, or one that ends by itself soon. */
    static Optional<RunningHelper> of(ProcessHandle process) {
        RunningHelper helper = new RunningHelper(process);
        boolean fetches = read(helper.proc().resolve("cmdline")).endsWith(COMMAND);
        return fetches && !helper.thread().isEmpty() ? Optional.of(helper) : Optional.empty();
    }

    long pid() {
        return process.pid();
    }

    /** The process that it belongs to. */
    long application() {
        return process.parent().map(ProcessHandle::pid).orElse(process.pid());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How many signals it has answered. */
    int hangups() {
        String digits = thread().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** Whether the last one found something that could not be read. */
    boolean hasFailed() {
        return thread().contains(Resident.FAILED);
    }

    boolean ignoresHangups() {
        for (String line : read(proc().resolve("status")).split("\n", -1)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(
                                        line.substring(line.indexOf(':') + 1).strip(), 16)
                                & SIGHUP_BIT)
                        != 0;
            }
        }
        return false;
    }

    private String thread() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc().resolve("task"))) {
            for (Path thread : threads) {
                String name = read(thread.resolve("comm")).strip();
                if (name.startsWith(Resident.THREAD)) {
                    return name;
                }
            }
        } catch (IOException e) {
            // It has just ended.
        }
        return "";
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            // It has just ended, or is another user's.
            return "";
        }
    }
}
