package io.secretagent.bootstrap.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is there as a whole or not at all. */
final class NewFile {

    /**
     * Puts a text in place of the file, or of nothing. Nobody but its owner can change it, whatever the umask: a mapping
     * that others can write to is not taken.
     */
    static void write(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        Path whole = Files.createTempFile(folder, ".secret-agent", null);
        try {
            Files.writeString(whole, text);
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private NewFile() {}
}
