package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secretagent.audit.AuditEvent.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    private static final AuditEvent EVENT = AuditEvent.of(Kind.FETCH);

    @TempDir
    private Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = folder.resolve("audit.jsonl");
    }

    @Test
    void isMadeForThisUserAloneAndAppendedTo() throws IOException {
        write(path, "one", "two");
        write(path, "three");
        assertThat(path).hasContent("one\ntwo\nthree\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("audit.jsonl");
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "mine\n");
        Files.createSymbolicLink(path, victim);
        assertThatThrownBy(() -> write(path, "line")).hasMessage("it is a link; name the file itself");
        assertThat(victim).hasContent("mine\n");
    }

    @Test
    void aDanglingLinkIsRefused() throws IOException {
        Files.createSymbolicLink(path, folder.resolve("nowhere"));
        assertThatThrownBy(() -> write(path, "line")).hasMessage("it is a link; name the file itself");
        assertThat(names()).containsExactly("audit.jsonl");
    }

    @Test
    void whatIsNoFileOrWritableByOthersIsRefused() throws IOException {
        assertThatThrownBy(() -> write(folder, "line")).hasMessage("it is no file; name one, or stderr");
        assertThatThrownBy(() -> write(Path.of("/dev/full"), "line")).hasMessage("it is no file; name one, or stderr");
        Files.createFile(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> write(path, "line")).hasMessage("others may write to it; chmod go-w it");
    }

    @Test
    void aMissingFolderIsTold() {
        assertThatThrownBy(() -> write(folder.resolve("none/audit.jsonl"), "line"))
                .hasMessage("its folder is not there; make it");
    }

    /** As after a kill in the middle of a write, or on a disk that was full. */
    @Test
    void aLineThatWasCutIsEndedFirst() throws IOException {
        Files.createFile(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        try (AuditFile file = new AuditFile(path, 1000, 1)) {
            Files.writeString(path, "{\"time\":\"20");
            file.write(EVENT, "one".getBytes(US_ASCII));
            Files.writeString(path, "{\"ti", StandardOpenOption.APPEND);
            file.write(EVENT, "two".getBytes(US_ASCII));
        }
        assertThat(path).hasContent("{\"time\":\"20\none\n{\"ti\ntwo\n");
    }

    @Test
    void isPutAsideWhenItIsFullAndTheOldestGoes() throws IOException {
        String line = "x".repeat(99);
        try (AuditFile file = new AuditFile(path, 300, 2)) {
            for (int i = 0; i < 12; i++) {
                file.write(EVENT, (i + line).substring(0, 99).getBytes(US_ASCII));
            }
        }
        List<String> names = names();
        assertThat(names).hasSize(3).first().isEqualTo("audit.jsonl");
        assertThat(names.subList(1, 3))
                .allMatch(name -> name.matches("audit\\.jsonl\\.\\d{8}T\\d{6}\\.\\d{3}-\\d+-\\d+"));
        StringBuilder all = new StringBuilder();
        for (String name : List.of(names.get(1), names.get(2), names.get(0))) {
            assertThat(folder.resolve(name))
                    .satisfies(file -> assertThat(Files.size(file)).isEqualTo(300));
            all.append(Files.readString(folder.resolve(name)));
        }
        // The first file is gone; the others have the rest in order.
        assertThat(all.toString().lines().map(text -> text.replace("x", "")))
                .containsExactly("3", "4", "5", "6", "7", "8", "9", "10", "11");
    }

    /** A file of logrotate's, or of somebody who takes it away: another is made. */
    @Test
    void oneThatIsTakenAwayIsMadeAnew() throws IOException {
        try (AuditFile file = new AuditFile(path, 10_000, 1)) {
            file.write(EVENT, "one".getBytes(US_ASCII));
            Files.move(path, folder.resolve("elsewhere"));
            file.write(EVENT, "two".getBytes(US_ASCII));
            Files.writeString(path, "");
            file.write(EVENT, "three".getBytes(US_ASCII));
        }
        assertThat(folder.resolve("elsewhere")).hasContent("one\n");
        assertThat(path).hasContent("three\n");
    }

    @Test
    void otherFilesOfTheFolderAreLeftAlone() throws IOException {
        for (String name :
                List.of("audit.jsonl.1", "audit.jsonl.old", "audit.jsonl.20261104T101502", "audit.jsonl.gz")) {
            Files.writeString(folder.resolve(name), "");
        }
        try (AuditFile file = new AuditFile(path, 10, 1)) {
            for (int i = 0; i < 5; i++) {
                file.write(EVENT, "0123456789".getBytes(US_ASCII));
            }
        }
        assertThat(names())
                .contains("audit.jsonl.1", "audit.jsonl.old", "audit.jsonl.20261104T101502", "audit.jsonl.gz")
                .hasSize(6);
    }

    /** Six: three seldom meet the moments between the look at a file, its opening and its being put aside. */
    @Test
    void manyProcessesLoseNothingWhileTheyRotate() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            writers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            path.toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor()).isZero();
        }
        List<String> all = new ArrayList<>();
        for (String name : names()) {
            all.addAll(Files.readAllLines(folder.resolve(name)));
        }
        assertThat(all)
                .hasSize(6 * Writer.LINES)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("[a-f] \\d+ y{60}"));
        assertThat(names()).hasSizeGreaterThan(10).allMatch(name -> name.startsWith("audit.jsonl"));
    }

    /** A process of its own. */
    static final class Writer {
        static final int LINES = 400;

        public static void main(String[] arguments) throws IOException {
            try (AuditFile file = new AuditFile(Path.of(arguments[0]), 2000, 1000)) {
                for (int i = 0; i < LINES; i++) {
                    file.write(EVENT, (arguments[1] + " " + i + " " + "y".repeat(60)).getBytes(US_ASCII));
                }
            }
        }
    }

    private static void write(Path path, String... lines) throws IOException {
        try (AuditFile file = new AuditFile(path, 10_000, 1)) {
            for (String line : lines) {
                file.write(EVENT, line.getBytes(US_ASCII));
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
