package io.secretagent.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether another user of the machine could have written a file that decides where secrets go. It must belong to root
 * or this user and not be writable by group or others; links are followed, since the file at their end is what is
 * read. A file on a read-only mount passes, because nobody can write it; so does one on a file system without POSIX
 * permissions, because nothing can be said.
 */
public final class FileTrust {

    /** Why a file is not trusted; names only the file's state, and in the mend its path. */
    public record Doubt(String what, String mend) {}

    /**
     * Looks at the file that the path leads to.
     *
     * @return null if it is trusted
     * @throws IOException if it is missing or cannot be looked at
     */
    public static @Nullable Doubt doubt(Path path) throws IOException {
        Path file = path.toRealPath();
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return null;
        }
        PosixFileAttributes attributes = view.readAttributes();
        Doubt doubt = doubt(file, attributes);
        return doubt == null || Files.getFileStore(file).isReadOnly() ? null : doubt;
    }

    private static @Nullable Doubt doubt(Path file, PosixFileAttributes attributes) throws IOException {
        Set<PosixFilePermission> permissions = attributes.permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return new Doubt("the file is writable by group or others", "chmod go-w " + file);
        }
        return belongsToRootOrThisUser(file, attributes)
                ? null
                : new Doubt("the file belongs to another user", "chown it to root or to the user that runs this");
    }

    private static boolean belongsToRootOrThisUser(Path file, PosixFileAttributes attributes) throws IOException {
        // By number where the kernel tells ours: in a container the user often has no name.
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            int owner = (Integer) Files.getAttribute(file, "unix:uid");
            return owner == 0 || owner == (Integer) Files.getAttribute(self, "unix:uid");
        }
        String owner = attributes.owner().getName();
        return owner.equals("root") || owner.equals(System.getProperty("user.name"));
    }

    private FileTrust() {}
}
