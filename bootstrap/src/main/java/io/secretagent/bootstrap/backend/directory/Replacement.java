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
import java.nio.file.LinkOption;
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
 * moment, finds all of the old content or all of the new one, and the content before that is kept as well.
 */
final class Replacement {
    private static final String PREVIOUS = ".previous";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private final SecretFile file;

    /** Keeps the content before. */
    private final Path previous;

    /**
     * The content that is being replaced, until the other has its place: no two files can be renamed in one step. What
     * differs from the current content was left by one that was killed, and is the content before.
     */
    private final Path replaced;

    /** What is written, until it is whole. */
    private final Path beside;

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
        String name = file.path().getFileName().toString();
        previous = file.path().resolveSibling(name + PREVIOUS);
        replaced = file.path().resolveSibling("." + name + ".replaced");
        beside = file.path().resolveSibling("." + name + ".new");
    }

    /** Where the content before that one is. */
    Path before(byte[] current) throws BackendException {
        try {
            return isBefore(current) ? replaced : previous;
        } catch (IOException e) {
            throw SecretFile.denied(replaced, e);
        }
    }

    void write(byte[] content, Outcome.Found seen) throws BackendException {
        Path path = file.path();
        byte[] old = file.read();
        if (!Arrays.equals(old, ((Content.Bytes) seen.content()).value())) {
            throw failure(Kind.CONFLICT, "somebody else has changed it", "look at it, and start again", null);
        }
        try {
            if (isBefore(old)) {
                rename(replaced, previous);
            }
            put(old, replaced);
            put(content, path);
            rename(replaced, previous);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Deletes what was kept of the content before; false if there was nothing. */
    boolean dropPrevious() throws BackendException {
        try {
            boolean left = Files.deleteIfExists(replaced);
            return Files.deleteIfExists(previous) || left;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private BackendException refused(IOException e) {
        return failure(
                Kind.DENIED,
                "writing to the folder failed (" + e.getClass().getSimpleName() + ")",
                "give this user write permission on " + file.path().getParent() + ", and room on its volume",
                e);
    }

    private boolean isBefore(byte[] current) throws BackendException, IOException {
        return Files.exists(replaced, LinkOption.NOFOLLOW_LINKS)
                && !Arrays.equals(SecretFile.at(replaced).read(), current);
    }

    /**
     * By a file beside it, in one step; both the file and the name are on the disk when this returns. What one that was
     * killed has left there goes with the next.
     */
    private void put(byte[] content, Path path) throws IOException {
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
            rename(beside, path);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static BackendException failure(Kind kind, String why, String mend, @Nullable Throwable cause) {
        return new BackendException(new Failure(kind, why, mend), cause);
    }
}
