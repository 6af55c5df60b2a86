package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody was told to put there: a token, a JWT, certificates. A wrong one could have no end. */
final class SmallFile {
    /** All the authorities that a system trusts are a fifth of it. */
    private static final int MAX_SIZE = 1 << 20;

    /** All of its bytes. It is looked at before it is opened, as a pipe would be waited for. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new IOException("too large");
            }
            return bytes;
        }
    }

    /** Its text. */
    static String text(Path file) throws IOException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    }

    private SmallFile() {}
}
