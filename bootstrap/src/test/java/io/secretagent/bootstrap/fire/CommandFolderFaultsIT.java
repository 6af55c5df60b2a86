package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.fire.CommandFaultsIT.Command;
import io.secretagent.bootstrap.fire.DirectoryFaultsIT.Fault;
import io.secretagent.bootstrap.testing.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands at folders that are wrong, as {@link DirectoryFaultsIT} has it for the start of an application, and with
 * the lines of the same table where they read. What {@code run} is to start does not start, what changes something says
 * that it has not, and has not.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class CommandFolderFaultsIT {
    private static final String STORED = "; nothing was stored";

    @TempDir
    private Path folder;

    @Test
    void isToldInALine() throws Exception {
        Map<String, Callable<String>> rows = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        for (Command command : Command.values()) {
            for (Fault fault : faults(command)) {
                Path own = Files.createDirectory(folder.resolve(command + "-" + fault));
                rows.put(command + " " + fault, () -> row(command, fault, own));
            }
            List<String> ofCommand = FaultTable.of("DIRECTORY-" + command);
            ofCommand.forEach(row -> table.add(command + " " + row));
            FaultTable.of("DIRECTORY").stream()
                    .filter(row ->
                            ofCommand.stream().noneMatch(other -> fault(other).equals(fault(row))))
                    .forEach(row -> table.add(command + " " + row));
        }
        FaultTable.assertRows(table, rows);
    }

    private static String fault(String row) {
        return row.substring(0, row.indexOf(' '));
    }

    /** Fewer of those that read as the agent does. */
    private static Set<Fault> faults(Command command) {
        return switch (command) {
            case AGE, ROTATE -> EnumSet.allOf(Fault.class);
            // It lists the folder, and the system's own have too much in them.
            case INIT -> EnumSet.complementOf(EnumSet.of(Fault.FILE_IS_A_DEVICE, Fault.FILE_BREAKS));
            case ROLLBACK, RUN, VERIFY ->
                EnumSet.of(
                        Fault.FILE_IS_NOT_THERE,
                        Fault.FILE_MAY_NOT_BE_READ,
                        Fault.FILE_IS_A_FIFO,
                        Fault.FILE_BREAKS,
                        Fault.LINK_LEADS_OUT,
                        Fault.FOLDER_IS_NOT_THERE);
        };
    }

    private static String row(Command command, Fault fault, Path own) throws Exception {
        Path above = own.resolve("above");
        DirectoryFaultsIT.make(fault, above);
        Path mapping = DirectoryFaultsIT.mapping(
                own, DirectoryFaultsIT.path(fault), DirectoryFaultsIT.secret(fault), "audit: audit.jsonl\n");
        List<String> before = files(above);
        long start = System.nanoTime();
        Launched launched = Launched.under(
                DirectoryFaultsIT.WHOM_PERMISSIONS_BIND,
                DirectoryFaultsIT.CANARY + "-new",
                own,
                Map.of("SECRET_AGENT_DEBUG", "1"),
                arguments(command, fault, mapping).toArray(String[]::new));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DirectoryFaultsIT.SOON);
        assertThat(DirectoryFaultsIT.FORMS.areIn(launched.all().getBytes(UTF_8)))
                .as(launched.all())
                .isFalse();
        String told = DirectoryFaultsIT.told(fault, own, launched.exit(), launched.err());
        if (launched.exit() == 0) {
            return told;
        }
        assertThat(own.resolve("started")).doesNotExist();
        assertThat(own.resolve("draft.yaml")).doesNotExist();
        assertThat(files(above)).isEqualTo(before);
        if (command == Command.ROTATE || command == Command.ROLLBACK) {
            assertThat(told).contains(STORED);
        }
        return told.replace(STORED, "");
    }

    private static List<String> arguments(Command command, Fault fault, Path mapping) {
        String file = mapping.toString();
        String secret = DirectoryFaultsIT.secret(fault);
        return switch (command) {
            case VERIFY -> List.of("verify", "--mapping", file);
            case AGE -> List.of("age", "--mapping", file);
            case RUN -> List.of("run", "--mapping", file, "--", "sh", "-c", "touch started");
            case ROTATE -> List.of("rotate", "--mapping", file, "--stdin", secret);
            case ROLLBACK -> List.of("rollback", "--mapping", file, secret);
            case INIT -> List.of("init", "--backend", "directory", "--path", "above/store", "--output", "draft.yaml");
        };
    }

    /** What is there, with the sizes of files. */
    private static List<String> files(Path above) throws IOException {
        List<String> files = new ArrayList<>();
        try (var walk = Files.walk(above)) {
            for (Path file : walk.sorted().toList()) {
                files.add(file + (Files.isRegularFile(file) ? " " + Files.size(file) : ""));
            }
        }
        return files;
    }
}
