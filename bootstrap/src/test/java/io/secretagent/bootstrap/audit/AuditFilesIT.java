package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.SmallDisk;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to an audit's file: several that write, one that is killed, a disk that is full, a folder that is not there. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(300)
class AuditFilesIT {
    private static final long LINE = 1_024;
    private static final String CANARY = "canary-files-77a0";
    private static final int READERS = 400;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;
    private Path log = Path.of("");
    private Path audit = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    AuditFilesIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
        log = Files.createDirectory(folder.resolve("log"));
        audit = log.resolve("audit.jsonl");
    }

    @Test
    void twoApplicationsWriteOneFileAndPutItAside() throws Exception {
        Path mapping = mapping("max-size: 64KiB, keep: 1000");
        List<Process> applications = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            applications.add(start(mapping, i));
        }
        for (Process application : applications) {
            assertThat(application.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(application.exitValue()).isZero();
        }
        Launched verified = verify();
        assertThat(verified.out()).contains(" of 4 writers in ").endsWith(": intact\n");
        assertThat(verified.exit()).isZero();
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(3);
        int reads = 0;
        for (Path file : files) {
            // Each looks at the size before it writes, so that two may go beyond it by a line.
            assertThat(Files.size(file)).isLessThanOrEqualTo((64 << 10) + LINE);
            reads += (int) Recorded.in(file).stream()
                    .filter(line -> line.get("event").equals("read"))
                    .count();
        }
        assertThat(reads).isEqualTo(2 * READERS);
        assertThat(Recorded.allIn(log)).doesNotContain(CANARY);
    }

    /** Wherever it was when it was killed: what is there is whole, or told to be cut, and the next one goes on behind it. */
    @Test
    void oneThatIsKilledWhileItWritesSpoilsNothingOfOthers() throws Exception {
        Path mapping = mapping("keep: 1000");
        for (int round = 0; round < 3; round++) {
            Process application = start(mapping, round);
            long size = Files.exists(audit) ? Files.size(audit) : 0;
            while (!Files.exists(audit) || Files.size(audit) < size + 20_000L * (round + 1)) {
                assertThat(application.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            application.destroyForcibly();
            assertThat(application.waitFor()).isEqualTo(137);
        }
        assertThat(start(mapping, 9).waitFor()).isZero();
        Launched verified = verify();
        assertThat(verified.out().lines().filter(line -> line.contains(".jsonl:")))
                .allMatch(line -> line.contains(": cut: "));
        assertThat(verified.exit()).isEqualTo(verified.out().contains(": cut: ") ? 1 : 0);
    }

    @Test
    void aFullDiskStopsNobodyAndIsToldOnceWhenItStartsAndOnceWhenItEnds() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"))) {
            Path file = disk.path().resolve("audit.jsonl");
            Path mapping = store.mappingWith("audit: {to: " + file + ", reads: true}\n", "API_KEY: api.key");
            Path ballast = disk.path().resolve("ballast");
            Path err = folder.resolve("err");
            Process process = ChildJvm.on(jdk)
                    .agent(mapping)
                    .start(
                            folder.resolve("out"),
                            err,
                            "-cp",
                            ChildJvm.testClasses().toString(),
                            FillsTheDisk.class.getName(),
                            ballast.toString(),
                            file.toString(),
                            err.toString());
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            List<String> told = Files.readAllLines(err);
            assertThat(told).hasSize(2);
            assertThat(told.get(0))
                    .isEqualTo("secret-agent: audit: " + file
                            + " cannot be written: No space left on device; until then" + " events are lost");
            assertThat(told.get(1))
                    .matches("secret-agent: audit: \\Q" + file + "\\E is written again; \\d+ events? (was|were) lost");
            // It is in the audit as well, and the chain goes on; only what the full disk cut is told.
            assertThat(Files.readString(file)).contains("\"outcome\":\"not-recorded\",\"lost\":");
            Launched verified = Launched.in(folder, Map.of(), "audit", "verify", file.toString());
            assertThat(verified.out().lines().filter(line -> line.contains(".jsonl:")))
                    .allMatch(line -> line.contains(": cut: "));
        }
    }

    @Test
    void aFolderThatIsNotThereIsToldByEachProcessOnce() throws Exception {
        Path missing = folder.resolve("none/audit.jsonl");
        Path mapping = store.mappingWith("audit: {to: " + missing + ", reads: true}\n", "API_KEY: api.key");
        ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).run(Reader.class);
        assertThat(result.exit()).isZero();
        String trouble = "secret-agent: audit: " + missing
                + " cannot be written: its folder is not there; make it; until then events are lost";
        assertThat(result.err().lines().filter(trouble::equals)).hasSize(2);
        assertThat(result.err().lines().filter(line -> !line.equals(trouble)))
                .allMatch(line -> line.startsWith("secret-agent: audit: " + missing + " lacks the last events: "));
    }

    /** As root nothing is forbidden, so that another user is taken. */
    @Test
    void aPermissionThatIsTakenAwayIsToldAndItsReturnIsToo() throws Exception {
        List<String> asNobody = SmallDisk.asNobody(folder);
        Path mapping = store.mappingWith("audit: {to: " + audit + ", reads: true}\n", "API_KEY: api.key");
        Path err = Files.createFile(folder.resolve("err"));
        SmallDisk.giveToNobody(folder);
        List<String> command = new ArrayList<>(asNobody);
        command.addAll(ChildJvm.on(jdk)
                .agent(mapping)
                .command(
                        "-cp",
                        ChildJvm.testClasses().toString(),
                        LocksTheFolder.class.getName(),
                        log.toString(),
                        err.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        List<String> told = Files.readAllLines(err);
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .isEqualTo("secret-agent: audit: " + audit + " cannot be written: this user may not write there; check"
                        + " the folder's owner and mode; until then events are lost");
        assertThat(told.get(1)).startsWith("secret-agent: audit: " + audit + " is written again; ");
    }

    private Path mapping(String more) throws IOException {
        return store.mappingWith("audit: {to: " + audit + ", reads: true, " + more + "}\n", "API_KEY: api.key");
    }

    private Process start(Path mapping, int number) throws IOException {
        return ChildJvm.on(jdk)
                .agent(mapping)
                .start(
                        folder.resolve("out" + number),
                        folder.resolve("err" + number),
                        "-cp",
                        ChildJvm.testClasses().toString(),
                        Readers.class.getName(),
                        Integer.toString(READERS));
    }

    private Launched verify() throws IOException, InterruptedException {
        return Launched.in(folder, Map.of(), "audit", "verify", audit.toString());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.toList();
        }
    }

    /** Classes that read a secret, as many as its argument says: a copy of {@link Reader} for each. */
    static final class Readers {
        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                Copies.another();
            }
        }
    }

    /** Reads it once. */
    public static final class Reader implements Runnable {
        public static void main(String[] arguments) {
            new Reader().run();
        }

        @Override
        public void run() {
            System.getProperty("api.key");
        }
    }

    static final class FillsTheDisk {
        public static void main(String[] arguments) throws Exception {
            Path ballast = Path.of(arguments[0]);
            Path file = Path.of(arguments[1]);
            await(file, "\"event\":\"inject\"");
            fill(ballast);
            for (int i = 0; i < 30; i++) {
                Copies.another();
            }
            await(Path.of(arguments[2]), "cannot be written");
            Files.delete(ballast);
            Copies.another();
            await(file, "not-recorded");
        }

        private static void fill(Path ballast) {
            try (var out = Files.newOutputStream(ballast)) {
                while (true) {
                    out.write(new byte[64]);
                }
            } catch (IOException e) {
                return; // it is full
            }
        }

        private static void await(Path file, String text) throws Exception {
            while (!Files.exists(file) || !Files.readString(file).contains(text)) {
                Thread.sleep(5);
            }
        }
    }

    static final class LocksTheFolder {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            FillsTheDisk.await(folder.resolve("audit.jsonl"), "\"event\":\"inject\"");
            FillsTheDisk.await(folder.resolve("audit.jsonl"), "\"event\":\"fetch\"");
            var before = Files.getPosixFilePermissions(folder);
            Files.setPosixFilePermissions(folder, java.util.Set.of());
            Copies.another();
            Copies.another();
            FillsTheDisk.await(Path.of(arguments[1]), "cannot be written");
            Files.setPosixFilePermissions(folder, before);
            Copies.another();
        }
    }
}
