package io.secretagent.bootstrap.backend.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The backend's folder, which no location leads out of. */
final class Folder {
    /** In bytes, on any file system that a folder of secrets is on. */
    private static final int LONGEST_NAME = 255;

    private final Path path;

    Folder(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * Finds a location's file through whatever links there are inside the folder, such as those of Kubernetes. The
     * folder may itself be a link; a link in it that leads out of it is refused, since who may write into the folder
     * may not read all that this process can.
     */
    SecretFile find(Location location) throws BackendException {
        if (location.version() != null || location.stage() != null) {
            throw failure(Kind.INVALID, "a directory keeps no versions", "remove version: and stage:", null);
        }
        Path relative = relative(location.path());
        Path root = root();
        Path asked = root.resolve(relative);
        try {
            Path real = asked.toRealPath();
            if (!real.startsWith(root)) {
                throw failure(
                        Kind.INVALID,
                        "it is a link that leads out of " + path + ", to " + real,
                        "put the file into the folder, or add a directory backend for " + real.getParent(),
                        null);
            }
            return SecretFile.at(real);
        } catch (NoSuchFileException e) {
            throw missing(root, relative, e);
        } catch (AccessDeniedException e) {
            throw SecretFile.denied(asked, e);
        } catch (IOException e) {
            throw unresolved(root, relative, e);
        }
    }

    private Path relative(String location) throws BackendException {
        try {
            Path relative = Path.of(location);
            boolean stays = !relative.isAbsolute();
            for (Path segment : relative) {
                stays &= !segment.toString().equals("..") && !segment.toString().isEmpty();
            }
            if (stays) {
                return relative;
            }
        } catch (InvalidPathException e) {
            // No file can have such a name; said below.
        }
        throw failure(
                Kind.INVALID,
                "it is not the name of a file inside " + path,
                "write a path relative to that folder, without ..",
                null);
    }

    /** Without a link in it. */
    Path root() throws BackendException {
        try {
            Path root = path.toRealPath();
            if (Files.isDirectory(root)) {
                return root;
            }
            throw failure(Kind.INVALID, path + " is not a folder", "mend path: of the backend", null);
        } catch (NoSuchFileException e) {
            throw new BackendException(
                    new Failure(Kind.NOT_FOUND, "there is no folder " + path, "mount it, or mend path: of the backend")
                            .inGeneral(),
                    e);
        } catch (AccessDeniedException e) {
            throw SecretFile.denied(path, e);
        } catch (IOException e) {
            throw failure(
                    Kind.INVALID,
                    path + " leads nowhere (" + e.getClass().getSimpleName() + ")",
                    "mend path: of the backend, or the links in it",
                    e);
        }
    }

    private BackendException missing(Path root, Path relative, IOException e) {
        Path asked = root.resolve(relative);
        if (Files.isSymbolicLink(asked)) {
            return failure(Kind.NOT_FOUND, "it is a link to a file that is not there", "mend the link", e);
        }
        return failure(Kind.NOT_FOUND, "there is no such file in " + path, Neighbours.mend(root, relative), e);
    }

    private BackendException unresolved(Path root, Path relative, IOException e) {
        Path way = root;
        for (Path segment : relative) {
            if (Files.isRegularFile(way)) {
                return failure(Kind.INVALID, root.relativize(way) + " is a file and not a folder", "name the file", e);
            }
            if (segment.toString().getBytes(UTF_8).length > LONGEST_NAME) {
                return failure(Kind.INVALID, "its name is longer than a file's can be", "name a file in " + path, e);
            }
            way = way.resolve(segment);
            if (Files.isSymbolicLink(way) && !Files.exists(way)) {
                return failure(Kind.INVALID, "its links lead in a circle", "mend the link " + way, e);
            }
        }
        return failure(
                Kind.UNAVAILABLE,
                "the file system does not find it (" + e.getClass().getSimpleName() + ")",
                "check the volume that holds " + path,
                e);
    }

    private static BackendException failure(Kind kind, String why, String mend, @Nullable Throwable cause) {
        return new BackendException(new Failure(kind, why, mend), cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
