package io.secretagent.bootstrap.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What descriptors 1 and 2 of this process are. */
enum StandardStream {
    OUT(1),
    ERR(2);

    private static final int O_APPEND = 02000;

    private final int descriptor;

    StandardStream(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Whether what is written to the two stands in one place in turn: in a pipe, also one with a name, a socket, a device,
     * or a file that both write on at one position. A file that was opened twice has two.
     */
    boolean isSameAs(StandardStream other) {
        try {
            BasicFileAttributes file = file();
            Object key = file.fileKey();
            return key != null && key.equals(other.file().fileKey()) && (!file.isRegularFile() || isWhere(other));
        } catch (IOException e) {
            // It is closed.
            return false;
        }
    }

    private boolean isWhere(StandardStream other) throws IOException {
        String own;
        String others;
        do {
            own = position();
            others = other.position();
            // Between the two another process may have written.
        } while (!own.equals(position()));
        return own.equals(others);
    }

    private BasicFileAttributes file() throws IOException {
        return Files.readAttributes(Path.of("/proc/self/fd/" + descriptor), BasicFileAttributes.class);
    }

    /** Of the next byte; the end of a file that is appended to is one wherever it is. */
    private String position() throws IOException {
        String position = "";
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor))) {
            if (line.startsWith("pos:")) {
                position = line;
            } else if (line.startsWith("flags:")
                    && (Integer.parseInt(line.substring(6).strip(), 8) & O_APPEND) != 0) {
                return "the end";
            }
        }
        return position;
    }
}
