package io.secretagent.bootstrap.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What descriptors 1 and 2 of this process are. */
enum StandardStream {
    OUT(1),
    ERR(2);

    private final int descriptor;

    StandardStream(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether both are one pipe, socket or device. A file that was opened twice has two positions, and is two. */
    boolean isSameAs(StandardStream other) {
        String file = file();
        return file.equals(other.file()) && (file.startsWith("/dev/") || !file.startsWith("/")) && !file.isEmpty();
    }

    /** As the system names it: {@code /dev/pts/1}, {@code pipe:[4711]}. */
    private String file() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }
}
