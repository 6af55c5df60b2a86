package io.secretagent.audit;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is this user's and nobody else's: made with mode 0600 in one step, and if it is there already, looked at
 * before it is opened and after. The JDK's way to do that at once is a channel, which {@link AuditFile} may not use.
 */
final class SafeFile {
    private static final Path SELF = Path.of("/proc/self");
    private static final boolean POSIX =
            SELF.getFileSystem().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWN_FOLDER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** Makes the file unless it is there; null if somebody took it away at once. */
    static @Nullable FileState createdOrChecked(Path path) throws IOException {
        FileState state = FileState.of(path);
        if (state == null) {
            create(path);
            state = FileState.of(path);
        }
        if (state != null) {
            check(path, state);
        }
        return state;
    }

    /**
     * By which name this process reaches the file that was looked at and is open now: whatever somebody puts at its path,
     * that one is what is opened, and none is made. Null if another was opened.
     */
    static @Nullable File opened(Path path, FileState state) {
        File descriptors = new File("/proc/self/fd");
        String[] numbers = descriptors.list();
        if (numbers == null || state.key() == null) {
            return path.toFile(); // no such thing here
        }
        for (String number : numbers) {
            File descriptor = new File(descriptors, number);
            if (state.key().equals(keyOf(descriptor.toPath()))) {
                return descriptor;
            }
        }
        return null;
    }

    private static @Nullable Object keyOf(Path descriptor) {
        try {
            return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null; // closed since the folder was read
        }
    }

    /** In a folder that only this user can look into, so that nobody can open it while others still could. */
    private static void create(Path path) throws IOException {
        if (!POSIX) {
            Files.createFile(path);
            return;
        }
        long pid = ProcessHandle.current().pid();
        Path folder = path.resolveSibling("." + path.getFileName() + "." + pid + "-" + System.nanoTime());
        Path file = folder.resolve("new");
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN_FOLDER));
        try {
            create(file, path);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void create(Path file, Path path) throws IOException {
        new FileOutputStream(file.toFile()).close();
        Files.setPosixFilePermissions(file, OWN);
        try {
            Files.createLink(path, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker, and may have written to it already: it is as good.
            return;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // No file system has a second step that does not replace, but for links, and some have none.
            if (path.toFile().createNewFile()) {
                Files.setPosixFilePermissions(path, OWN);
            }
        }
    }

    private static void check(Path path, FileState state) throws IOException {
        if (state.link()) {
            throw new IOException("it is a link; name the file itself");
        }
        if (!state.regular()) {
            throw new IOException("it is no file; name one, or stderr");
        }
        if (Files.exists(SELF)) {
            Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(Files.getAttribute(SELF, "unix:uid"))) {
                throw new IOException("it belongs to another user; name another file, or chown it");
            }
        }
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write to it; chmod go-w it");
        }
    }

    private SafeFile() {}
}
