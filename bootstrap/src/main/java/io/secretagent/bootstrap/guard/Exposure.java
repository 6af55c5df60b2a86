package io.secretagent.bootstrap.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Whether every user of the machine can read a file. */
final class Exposure {

    /**
     * False also for what cannot be told, and for what a platform mounted: Kubernetes makes projected tokens 0644, Docker
     * its secrets 0444, both in places that only the container sees and nobody there can change.
     */
    static boolean of(Path path) {
        try {
            Path file = path.toRealPath();
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    && isReachable(file)
                    && !isMountedByPlatform(file)
                    && !Files.getFileStore(file).isReadOnly();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether no folder on the way keeps others out. */
    private static boolean isReachable(Path file) throws IOException {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** Kubernetes writes into a folder such as {@code ..2026_01_17_09_30_00.123}, to which {@code ..data} leads. */
    private static boolean isMountedByPlatform(Path file) {
        for (Path part : file) {
            if (part.toString().startsWith("..")) {
                return true;
            }
        }
        return file.startsWith("/run/secrets") || file.startsWith("/var/run/secrets");
    }

    private Exposure() {}
}
