package io.secretagent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTrustTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r--r--r--", "rw-------"})
    void trustsWhatOnlyItsOwnerCanWrite(String mode) throws Exception {
        assertThat(FileTrust.doubt(file(mode))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-", "rw--w----"})
    void doubtsWhatOthersCanWrite(String mode) throws Exception {
        Path file = file(mode);
        assertThat(FileTrust.doubt(file))
                .isEqualTo(new FileTrust.Doubt("the file is writable by group or others", "chmod go-w " + file));
    }

    @Test
    void looksAtTheEndOfLinks() throws Exception {
        Path file = file("rw-rw-rw-");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(FileTrust.doubt(link)).isNotNull();
    }

    @Test
    void doubtsAnotherUsersFile() throws Exception {
        Path file = file("rw-r--r--");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
        Files.setAttribute(file, "unix:uid", 12_345);
        assertThat(FileTrust.doubt(file)).extracting("what").isEqualTo("the file belongs to another user");
    }

    @Test
    void passesAReadOnlyMount() throws Exception {
        // The kernel's own: files of every mode on a mount that nobody can write.
        Path file = Path.of("/proc/sys");
        Assumptions.assumeTrue(Files.exists(file) && Files.getFileStore(file).isReadOnly(), "no read-only mount here");
        assertThat(FileTrust.doubt(file)).isNull();
    }

    private Path file(String mode) throws Exception {
        Path file = Files.createTempFile(folder.toRealPath(), "mapping", ".yaml");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
