package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of a file for one of new content. Whoever opens it, at whatever moment, and after a crash at whatever
 * moment, finds all of the old content or all of the new one.
 */
final class Replacement {
    /** What the name of the file ends with that keeps the content before. */
    static final String PREVIOUS = ".previous";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private final SecretFile file;

    Replacement(SecretFile file) throws BackendException {
        for (Path segment : file.path()) {
            // What the kubelet writes: the next turn of its ..data link would undo the change.
            if (segment.toString().startsWith("..")) {
                throw failure(
                        Kind.INVALID,
                        "Kubernetes writes this folder and would undo the change",
                        "change it where the volume comes from",
                        null);
            }
        }
        this.file = file;
    }

    void write(byte[] content, Outcome.Found seen) throws BackendException {
        Path path = file.path();
        byte[] old = file.read();
        if (!Arrays.equals(old, ((Content.Bytes) seen.content()).value())) {
            throw failure(Kind.CONFLICT, "somebody else has changed it", "look at it, and start again", null);
        }
        try {
            put(old, previous());
            put(content, path);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Deletes what was kept of the content before; false if there was nothing. */
    boolean dropPrevious() throws BackendException {
        try {
            return Files.deleteIfExists(previous());
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private Path previous() {
        return file.path().resolveSibling(file.path().getFileName() + PREVIOUS);
    }

    private BackendException refused(IOException e) {
        return failure(
                Kind.DENIED,
                "writing to the folder failed (" + e.getClass().getSimpleName() + ")",
                "give this user write permission on " + file.path().getParent() + ", and room on its volume",
                e);
    }

    /**
     * By a file beside it, in one step; both the file and the name are on the disk when this returns. What one that was
     * killed has left there goes with the next.
     */
    private static void put(byte[] content, Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Path beside = path.toAbsolutePath().resolveSibling("." + path.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, FOR_OWNER);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static BackendException failure(Kind kind, String why, String mend, @Nullable Throwable cause) {
        return new BackendException(new Failure(kind, why, mend), cause);
    }
}
