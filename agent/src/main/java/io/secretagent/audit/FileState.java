package io.secretagent.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a path, links not followed.
 *
 * @param key device and inode, which tell whether it is the same file; null where there is no such thing
 */
record FileState(@Nullable Object key, long size, boolean regular, boolean link) {

    /** Looks; null if nothing is there. */
    static @Nullable FileState of(Path path) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileState(found.fileKey(), found.size(), found.isRegularFile(), found.isSymbolicLink());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
