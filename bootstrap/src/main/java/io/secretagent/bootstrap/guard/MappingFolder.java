package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether every user can put another mapping, or a file that it names, in the place of ours. In the folder itself the
 * sticky bit does not help: files that the mapping names can be made there before their owner makes them.
 */
final class MappingFolder {
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    static void check(Mapping mapping, Findings findings) {
        try {
            Path folder = mapping.file().toRealPath().getParent();
            Path open = folder == null ? null : open(folder);
            if (open != null && !Files.getFileStore(open).isReadOnly()) {
                findings.add(
                        Guard.WRITABLE_FOLDER,
                        new Place(mapping.file().toString(), 1, 1),
                        "every user can write to " + open + ", on the way to the mapping",
                        "move the mapping, or chmod o-w the folder");
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // A file system without these bits says nothing about who may write.
            return;
        }
    }

    private static @Nullable Path open(Path folder) throws IOException {
        for (Path at = folder; at != null; at = at.getParent()) {
            int mode = (Integer) Files.getAttribute(at, "unix:mode");
            boolean sticky = (mode & STICKY) != 0 && !at.equals(folder);
            if ((mode & OTHERS_WRITE) != 0 && !sticky) {
                return at;
            }
        }
        return null;
    }

    private MappingFolder() {}
}
