package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a folder of secrets can be wrong, as {@link BackendFaultsIT} has it for servers: the application does
 * not start, in no time, with the exit code and the line of the table in {@code faults.txt}; and what is in the files is in
 * nothing that was written, also with the stack traces on.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DirectoryFaultsIT {
    static final String CANARY = "canary-3c9e52f7";
    static final Forms FORMS = new Forms(CANARY);
    private static final int STARTS = 2;
    private static final long PAUSE_NANOS = 20_000;
    private static final String TIMEOUT = "timeout: 5s\n";
    private static final int TOO_LARGE = (16 << 20) + 1;
    /** The JVMs, and a machine that is busy: less than the timeout of the fetch, which is not to be waited for. */
    static final Duration SOON = Duration.ofSeconds(25);

    /** Root reads all the same, unless it gives that up. */
    static final List<String> WHOM_PERMISSIONS_BIND = "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
            : List.of();

    @TempDir
    private Path folder;

    /** What is wrong with it. */
    enum Fault {
        FILE_IS_NOT_THERE,
        FILE_MAY_NOT_BE_READ,
        FILE_IS_EMPTY,
        FILE_IS_NO_TEXT,
        FILE_IS_TOO_LARGE,
        FILE_IS_A_FOLDER,
        FILE_IS_A_FIFO,
        FILE_IS_A_SOCKET,
        FILE_IS_A_DEVICE,
        FILE_BREAKS,
        NAME_IS_TOO_LONG,
        JSON_IS_TRUNCATED,
        JSON_IS_ANOTHER_TYPE,
        LINK_LEADS_NOWHERE,
        LINK_LEADS_IN_A_CIRCLE,
        LINK_LEADS_OUT,
        LINK_LEADS_TO_A_DEVICE,
        FOLDER_IS_NOT_THERE,
        FOLDER_IS_A_FILE,
        FOLDER_LEADS_IN_A_CIRCLE,
        FOLDER_MAY_NOT_BE_LISTED,
        FOLDER_MAY_NOT_BE_ENTERED,
        FOLDER_BELOW_IS_A_FILE,
        FOLDER_BELOW_MAY_NOT_BE_ENTERED,
        FOLDER_ABOVE_MAY_NOT_BE_ENTERED
    }

    @Test
    void isToldInALine() throws Exception {
        Map<Fault, Callable<String>> rows = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            rows.put(fault, () -> row(fault, Files.createDirectory(folder.resolve(fault.name()))));
        }
        FaultTable.assertRows(FaultTable.of("DIRECTORY"), rows);
    }

    /** What goes on with the file without a rest. */
    enum Unrest {
        IS_REWRITTEN,
        COMES_AND_GOES,
        IS_A_FIFO_NOW_AND_THEN
    }

    /** However it is met; a FIFO that is put there after the look is waited for until the timeout, and no longer. */
    @ParameterizedTest
    @EnumSource
    void isReadWhollyOrToldWhileItChanges(Unrest unrest) throws Exception {
        Path file = Files.createDirectories(folder.resolve("above/store/db")).resolve("KEY");
        Path first = Files.writeString(folder.resolve("first"), CANARY + "-first");
        Path second = folder.resolve("second");
        if (unrest == Unrest.IS_A_FIFO_NOW_AND_THEN) {
            fifo(second);
        } else {
            Files.writeString(second, CANARY + "-the-second");
        }
        ChildJvm child = ChildJvm.on(Jdks.current()).agent(mapping(folder, "above/store", "db/KEY", TIMEOUT));
        AtomicBoolean over = new AtomicBoolean();
        Future<?> other = CompletableFuture.runAsync(() -> change(unrest, file, first, second, over));
        try {
            for (int i = 0; i < STARTS; i++) {
                ChildJvm.Result result = child.run(ShowSecrets.class, "the.property");
                if (result.exit() == 0) {
                    assertThat(result.out().strip())
                            .isIn(
                                    ShowSecrets.line("the.property", CANARY + "-first"),
                                    ShowSecrets.line("the.property", CANARY + "-the-second"));
                    assertThat(result.err()).isEmpty();
                } else {
                    assertThat(result.exit()).as(result.err()).isIn(66, 69, 78);
                    assertThat(result.out()).isEmpty();
                    assertThat(result.err())
                            .hasLineCount(1)
                            .contains("secrets.yaml:7:5: secret db/KEY (backend store): ");
                }
                assertThat(FORMS.areIn(result.err().getBytes(UTF_8))).isFalse();
            }
        } finally {
            over.set(true);
            other.get();
        }
    }

    private static void change(Unrest unrest, Path file, Path first, Path second, AtomicBoolean over) {
        Path beside = file.resolveSibling("beside");
        try {
            for (int i = 0; !over.get(); i++) {
                Files.createLink(beside, i % 2 == 0 ? first : second);
                Files.move(beside, file, ATOMIC_MOVE);
                if (unrest == Unrest.COMES_AND_GOES) {
                    Files.delete(file);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Fault fault, Path own) throws Exception {
        make(fault, own.resolve("above"));
        Path mapping = mapping(own, path(fault), secret(fault), "audit: audit.jsonl\n");
        ChildJvm child = ChildJvm.on(Jdks.current())
                .under(WHOM_PERMISSIONS_BIND)
                .agent(mapping)
                .environment("SECRET_AGENT_DEBUG", "1");
        long start = System.nanoTime();
        ChildJvm.Result result = child.run(ShowSecrets.class, "the.property");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(result.out()).as("main ran").isEmpty();
        assertThat(FORMS.areIn(result.err().getBytes(UTF_8))).as(result.err()).isFalse();
        assertThat(FORMS.areIn(Files.readAllBytes(own.resolve("audit.jsonl")))).isFalse();
        return told(fault, own, result.exit(), result.err());
    }

    /** The exit code and the lines, without what differs from one run to another. */
    static String told(Fault fault, Path own, int exit, String err) {
        List<String> lines = FaultTable.told(err).stream()
                .map(line -> line.replace("secret-agent: ", "")
                        .replace(
                                own.resolve("secrets.yaml") + ":7:5: secret " + secret(fault) + " (backend store): ",
                                "")
                        .replace(own.toString(), "OWN")
                        .replaceAll("/proc/\\d+", "/proc/PID")
                        .replace("user " + System.getProperty("user.name"), "user NAME"))
                .toList();
        return (exit + " " + String.join(" | ", lines)).strip();
    }

    static void make(Fault fault, Path above) throws Exception {
        Path store = above.resolve("store");
        Path below = Files.createDirectories(store.resolve("db"));
        Path file = below.resolve("KEY");
        switch (fault) {
            case FILE_IS_NOT_THERE -> Files.writeString(below.resolve("KEYS"), CANARY);
            case FILE_MAY_NOT_BE_READ -> permit(Files.writeString(file, CANARY), "---------");
            case FILE_IS_EMPTY -> Files.createFile(file);
            case FILE_IS_NO_TEXT -> Files.write(file, (CANARY + "\u00e9" + CANARY).getBytes(ISO_8859_1));
            case FILE_IS_TOO_LARGE -> {
                try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                    large.write(CANARY.getBytes(UTF_8));
                    large.setLength(TOO_LARGE);
                }
            }
            case FILE_IS_A_FOLDER -> Files.createDirectory(file);
            case FILE_IS_A_FIFO -> fifo(file);
            case FILE_IS_A_SOCKET -> {
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(file));
                }
            }
            case JSON_IS_TRUNCATED -> Files.writeString(file, "{\"password\": \"" + CANARY);
            case JSON_IS_ANOTHER_TYPE -> Files.writeString(file, "[\"" + CANARY + "\", 1]");
            case LINK_LEADS_NOWHERE -> Files.createSymbolicLink(file, Path.of("GONE"));
            case LINK_LEADS_IN_A_CIRCLE -> {
                Files.createSymbolicLink(file, Path.of("OTHER"));
                Files.createSymbolicLink(below.resolve("OTHER"), Path.of("KEY"));
            }
            case LINK_LEADS_OUT -> Files.createSymbolicLink(file, Files.writeString(above.resolve("outside"), CANARY));
            case LINK_LEADS_TO_A_DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
            case FOLDER_IS_NOT_THERE, FOLDER_IS_A_FILE, FOLDER_LEADS_IN_A_CIRCLE -> {
                Files.delete(below);
                Files.delete(store);
                if (fault == Fault.FOLDER_IS_A_FILE) {
                    Files.writeString(store, CANARY);
                } else if (fault == Fault.FOLDER_LEADS_IN_A_CIRCLE) {
                    Files.createSymbolicLink(store, Path.of("store"));
                }
            }
            case FOLDER_MAY_NOT_BE_LISTED -> permit(below, "-wx-wx-wx");
            case FOLDER_MAY_NOT_BE_ENTERED -> forbidden(file, store);
            case FOLDER_BELOW_MAY_NOT_BE_ENTERED -> forbidden(file, below);
            case FOLDER_ABOVE_MAY_NOT_BE_ENTERED -> forbidden(file, above);
            case FOLDER_BELOW_IS_A_FILE -> {
                Files.delete(below);
                Files.writeString(below, CANARY);
            }
            case FILE_IS_A_DEVICE, FILE_BREAKS, NAME_IS_TOO_LONG -> {}
        }
    }

    static String path(Fault fault) {
        return switch (fault) {
            case FILE_IS_A_DEVICE -> "/dev";
            case FILE_BREAKS -> "/proc/self";
            default -> "above/store";
        };
    }

    static String secret(Fault fault) {
        return switch (fault) {
            case FILE_IS_A_DEVICE -> "zero";
            // Reading it from its beginning is an error of input and output, as of a disk or of a network's volume.
            case FILE_BREAKS -> "mem";
            case NAME_IS_TOO_LONG -> "K".repeat(300);
            case JSON_IS_TRUNCATED, JSON_IS_ANOTHER_TYPE -> "db/KEY#password";
            default -> "db/KEY";
        };
    }

    private static void forbidden(Path file, Path place) throws IOException {
        Files.writeString(file, CANARY);
        permit(place, "---------");
    }

    private static void permit(Path place, String permissions) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
    }

    private static void fifo(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    static Path mapping(Path own, String path, String secret, String more) throws IOException {
        return Files.writeString(
                own.resolve("secrets.yaml"),
                more + "guards: {all: off}\nbackends:\n  store: {type: directory, path: " + path
                        + "}\nsecrets:\n  store:\n    \"" + secret
                        + "\": {property: the.property, env: THE_VARIABLE}\n");
    }
}
