package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular file, as it was found. Two that are equal hold the same, as far as a file system can tell.
 *
 * @param path without a link in it
 * @param key what the file system knows it by, such as its inode, or null
 */
record SecretFile(
        Path path, long size, FileTime modified, @Nullable Object key) {
    private static final int MAX_SIZE = 16 << 20;

    // Written out for the start, as those of Location.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretFile file
                && path.equals(file.path)
                && size == file.size
                && modified.equals(file.modified)
                && Objects.equals(key, file.key);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /**
     * Looks at a file before it is opened: opening a FIFO would wait for a writer, and reading a device might never end.
     *
     * @param path without a link in it
     */
    static SecretFile at(Path path) throws BackendException, IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            throw invalid("it is a folder", "name a file in it");
        }
        if (!attributes.isRegularFile()) {
            throw invalid("it is not a regular file but a FIFO, a socket or a device", "put a regular file there");
        }
        if (attributes.size() > MAX_SIZE) {
            throw tooLarge();
        }
        return new SecretFile(path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    /** What tells this content of it from another. Where Kubernetes turns a link, that changes the path of all files. */
    String mark() {
        return path + " " + size + " " + modified + " " + key;
    }

    /** All of its bytes. */
    byte[] read() throws BackendException {
        // The path was resolved, so a link now is one that was put there since.
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            // The size that was found says nothing about a file that grows, or of /proc.
            if (bytes.length > MAX_SIZE) {
                throw tooLarge();
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw denied(path, e);
        } catch (IOException e) {
            throw new BackendException(
                    new Failure(
                            Failure.Kind.UNAVAILABLE,
                            "reading it failed (" + e.getClass().getSimpleName() + ")",
                            "check the volume that holds " + path),
                    e);
        }
    }

    static BackendException denied(Path path, Exception e) {
        return new BackendException(
                new Failure(
                        Failure.Kind.DENIED,
                        "the file system does not let user " + System.getProperty("user.name") + " read it",
                        "give this user read permission on " + path + " and search permission on its folders"),
                e);
    }

    private static BackendException tooLarge() {
        return invalid("it is larger than the 16 MiB that a secret may have", "name the right file");
    }

    private static BackendException invalid(String why, String mend) {
        return new BackendException(new Failure(Failure.Kind.INVALID, why, mend), null);
    }
}
