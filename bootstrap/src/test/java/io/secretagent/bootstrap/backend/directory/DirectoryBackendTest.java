package io.secretagent.bootstrap.backend.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DirectoryBackendTest {
    private static final String CANARY = "canary-7f3a9c";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("secrets"));
    }

    @Test
    void givesAFilesBytesAsTheyAre() throws IOException {
        Path file = write("DB_PASSWORD", CANARY + "\r\n");
        Instant changed = Instant.parse("2026-01-02T03:04:05Z");
        Files.setLastModifiedTime(file, FileTime.from(changed));

        Outcome.Found found = found("DB_PASSWORD");

        assertThat(text(found)).isEqualTo(CANARY + "\r\n");
        assertThat(found.version()).isNull();
        assertThat(found.changed()).isEqualTo(changed);
        assertThat(found.toString()).doesNotContain(CANARY);
    }

    /** As one that took a file's place between the look at it and its opening, which waits for a writer. */
    @Test
    void waitsForAPipeNoLongerThanUntilTheDeadline() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        SecretFile seen = new SecretFile(pipe, 1, FileTime.fromMillis(0), null);

        assertThatThrownBy(() -> Bounded.within(Deadline.after(Duration.ofMillis(100)), new Folder(folder), seen::read))
                .isInstanceOfSatisfying(
                        BackendException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(Kind.TIMED_OUT));
    }

    @Test
    void readsFilesInSubfoldersAndEmptyOnes() throws IOException {
        write("db/prod/password", CANARY);
        write("empty", "");
        assertThat(text(found("db/prod/password"))).isEqualTo(CANARY);
        assertThat(text(found("./db//prod/password"))).isEqualTo(CANARY);
        assertThat(text(found("empty"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "app.env, ENV",
        ".env, ENV",
        "a.properties, PROPERTIES",
        "a.json, JSON",
        "a.YAML, YAML",
        "a.yml, YAML",
        "plain, JSON",
        "environment, JSON"
    })
    void tellsTheFormatByTheName(String name, Content.Format format) throws IOException {
        write(name, CANARY);
        assertThat(bytes(found(name)).format()).isEqualTo(format);
    }

    @Test
    void followsTheLinksOfAKubernetesVolume() throws IOException {
        kubernetesVolume("..2026_01", CANARY);
        assertThat(text(found("username"))).isEqualTo("user-" + CANARY);
        assertThat(text(found("password"))).isEqualTo("pass-" + CANARY);
    }

    @Test
    void readsOneGenerationWhileAVolumeIsSwapped() throws Exception {
        kubernetesVolume("..gen0", "0");
        AtomicBoolean stop = new AtomicBoolean();
        Thread kubelet = new Thread(() -> {
            for (int i = 1; !stop.get(); i++) {
                swap(i);
                // A volume that is swapped without a rest is never read: this one rests about as long as a read takes.
                LockSupport.parkNanos(2_000_000);
            }
        });
        kubelet.start();
        try {
            int read = 0;
            for (int i = 0; i < 500; i++) {
                Map<Location, Outcome> outcomes = fetch("username", "password");
                if (outcomes.get(at("username")) instanceof Outcome.Found username
                        && outcomes.get(at("password")) instanceof Outcome.Found password) {
                    read++;
                    assertThat(text(username).substring("user-".length()))
                            .isEqualTo(text(password).substring("pass-".length()));
                } else {
                    // A volume that never rests is said to be so, and never half read.
                    assertThat(failure(outcomes.get(at("username"))).kind()).isEqualTo(Kind.UNAVAILABLE);
                }
                if (read == 50) {
                    break;
                }
            }
            assertThat(read).isPositive();
        } finally {
            stop.set(true);
            kubelet.join();
        }
    }

    @Test
    void takesAFolderThatIsItselfALink() throws IOException {
        write("key", CANARY);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        Outcome outcome = fetch(link, at("key")).get(at("key"));
        assertThat(text(outcome)).isEqualTo(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "db/../../outside", "db/..", "..", "/etc/hostname", "", "a\0b"})
    void refusesPathsThatLeadOut(String path) throws IOException {
        Files.writeString(temporary.resolve("outside"), CANARY);
        assertThat(failed(path).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        Path outside = Files.writeString(temporary.resolve("outside"), CANARY);
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Path sibling = Files.createDirectory(temporary.resolve("secrets-2"));
        Files.writeString(sibling.resolve("key"), CANARY);
        Files.createSymbolicLink(folder.resolve("way"), sibling);

        assertThat(failed("link").kind()).isEqualTo(Kind.INVALID);
        assertThat(failed("link").why()).contains("leads out of " + folder);
        assertThat(failed("way/key").kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesWhatIsNoRegularFileWithoutOpeningIt() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("sub"));
        assertThat(failed("fifo").kind()).isEqualTo(Kind.INVALID);
        assertThat(failed("fifo").why()).contains("FIFO");
        assertThat(failed("sub").why()).isEqualTo("it is a folder");
        Outcome device = fetch(Path.of("/dev"), at("zero")).get(at("zero"));
        assertThat(failure(device).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        sized("just", 16 << 20);
        sized("large", (16 << 20) + 1);
        assertThat(found("just")).isNotNull();
        assertThat(failed("large").kind()).isEqualTo(Kind.INVALID);
        assertThat(failed("large").why()).contains("16 MiB");
    }

    @Test
    void readsAFileWhoseSizeIsNotTold() {
        Outcome outcome = fetch(Path.of("/proc/self"), at("cmdline")).get(at("cmdline"));
        assumeTrue(outcome instanceof Outcome.Found, "SKIPPED: there is no /proc here");
        assertThat(bytes(outcome).value()).isNotEmpty();
    }

    @Test
    void tellsLinkLoopsFromDanglingLinks() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("gone"));
        assertThat(failed("a").kind()).isEqualTo(Kind.INVALID);
        assertThat(failed("a").why()).contains("circle");
        assertThat(failed("a/x").why()).contains("circle");
        assertThat(failed("dangling").kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failed("dangling").why()).contains("link");
    }

    @Test
    void saysWhatElseIsThereWhenAFileIsMissing() throws IOException {
        write("DB_PASSWORD", CANARY);
        write("api-key", CANARY);
        write("db/user", CANARY);
        kubernetesVolume("..2026_01", CANARY);
        assertThat(failed("db.password").kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failed("db.password").mend()).isEqualTo("did you mean DB_PASSWORD?");
        assertThat(failed("db/usr").mend()).isEqualTo("did you mean db/user?");
        assertThat(failed("bd/user").mend()).startsWith("there are: ").contains(", db, ");
        assertThat(failed("something-else").mend())
                .isEqualTo("there are: DB_PASSWORD, api-key, db, password, username");
    }

    @Test
    void showsTwentyNamesAtMost() throws IOException {
        for (int i = 10; i < 35; i++) {
            write("file" + i, CANARY);
        }
        assertThat(failed("x").mend()).startsWith("there are: file10, ").endsWith("file29 and 5 more");
    }

    @Test
    void tellsAFileThatStandsForAFolder() throws IOException {
        write("db", CANARY);
        assertThat(failed("db/password").kind()).isEqualTo(Kind.INVALID);
        assertThat(failed("db/password").why()).isEqualTo("db is a file and not a folder");
    }

    @Test
    void tellsAMissingFolderFromAnEmptyOneAndFromAFile() throws IOException {
        assertThat(failed("x").mend()).contains("empty");
        Failure missing = failure(fetch(temporary.resolve("none"), at("x")).get(at("x")));
        assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(missing.why()).isEqualTo("there is no folder " + temporary.resolve("none"));
        Path file = Files.writeString(temporary.resolve("file"), CANARY);
        assertThat(failure(fetch(file, at("x")).get(at("x"))).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void refusesVersionsAndStages() throws IOException {
        write("key", CANARY);
        Location version = new Location("key", "1", null);
        Location stage = new Location("key", null, "AWSPREVIOUS");
        Map<Location, Outcome> outcomes = fetch(folder, version, stage);
        assertThat(failure(outcomes.get(version)).kind()).isEqualTo(Kind.INVALID);
        assertThat(failure(outcomes.get(stage)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void tellsAFileThatItMayNotRead() throws IOException {
        Path file = write("key", CANARY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(file)) {
            System.err.println("SKIPPED: a file without permissions, since this user (root?) may read it all the same");
        }
        assumeTrue(!Files.isReadable(file), "this user may read everything");
        assertThat(failed("key").kind()).isEqualTo(Kind.DENIED);
        assertThat(failed("key").mend()).contains(file.toString());
    }

    @Test
    void answersForEveryLocation() throws IOException {
        write("a", CANARY);
        assertThat(fetch("a", "b", "../c")).containsOnlyKeys(at("a"), at("b"), at("../c"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void sized(String name, int size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private void kubernetesVolume(String generation, String value) throws IOException {
        generation(generation, value);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of(generation));
        for (String name : List.of("username", "password")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
    }

    private void generation(String generation, String value) throws IOException {
        Path next = Files.createDirectory(folder.resolve(generation));
        Files.writeString(next.resolve("username"), "user-" + value);
        Files.writeString(next.resolve("password"), "pass-" + value);
    }

    /** As the kubelet does it. */
    private void swap(int number) {
        try {
            String generation = "..gen" + number;
            generation(generation, Integer.toString(number));
            Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(generation));
            Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Path old = folder.resolve("..gen" + (number - 1));
            Files.delete(old.resolve("username"));
            Files.delete(old.resolve("password"));
            Files.delete(old);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome.Found found(String path) {
        return (Outcome.Found) one(path);
    }

    private Failure failed(String path) {
        return failure(one(path));
    }

    private Outcome one(String path) {
        return requireNonNull(fetch(path).get(at(path)));
    }

    private Map<Location, Outcome> fetch(String... paths) {
        Location[] wanted = new Location[paths.length];
        for (int i = 0; i < paths.length; i++) {
            wanted[i] = at(paths[i]);
        }
        return fetch(folder, wanted);
    }

    private static Map<Location, Outcome> fetch(Path folder, Location... wanted) {
        BackendSettings.Directory settings =
                new BackendSettings.Directory("mounted", new Place("secrets.yaml", 1, 1), folder, null);
        Set<Location> all = new LinkedHashSet<>(List.of(wanted));
        try (DirectoryBackend backend = DirectoryBackend.open(settings)) {
            return backend.fetch(all, Deadline.after(Duration.ofSeconds(20)));
        }
    }

    private static Failure failure(@Nullable Outcome outcome) {
        Failure failure = ((Outcome.Failed) requireNonNull(outcome)).failure();
        assertThat(failure.toString()).doesNotContain(CANARY);
        return failure;
    }

    private static String text(@Nullable Outcome found) {
        return new String(bytes(found).value(), UTF_8);
    }

    private static Content.Bytes bytes(@Nullable Outcome found) {
        return (Content.Bytes) ((Outcome.Found) requireNonNull(found)).content();
    }

    private static Location at(String path) {
        return new Location(path, null, null);
    }
}
