package io.secretagent.audit;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that processes append to, each line in one write, which the kernel keeps apart from those of others. Each looks
 * before it writes whether the file is still the one that it opened, for another may have put it aside.
 *
 * <p>No file channels: the JDK loads the network's native library for them, which reads {@code java.net.preferIPv4Stack},
 * and the application may set that in {@code main}.
 */
final class AuditFile implements Sink {
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final long maxSize;
    private final Rotation rotation;
    private @Nullable Open open;

    /** The file as it was opened. */
    private record Open(@Nullable Object key, FileOutputStream out, RandomAccessFile in) {
        void close() {
            try {
                out.close();
                in.close();
            } catch (IOException e) {
                // What was written is written.
                return;
            }
        }

        /**
         * Whether the last line has no end: whoever wrote it was killed, or the disk was full. The size is asked of the
         * file that is open, for the path may be another's by now.
         */
        boolean endsWithinALine() throws IOException {
            long size = in.length();
            if (size == 0) {
                return false;
            }
            in.seek(size - 1);
            return in.read() != '\n';
        }
    }

    AuditFile(Path path, long maxSize, int keep) {
        this.path = path;
        this.maxSize = maxSize;
        this.rotation = new Rotation(path, keep);
    }

    @Override
    public void write(AuditEvent event, byte[] line) throws IOException {
        try {
            append(line);
        } catch (IOException e) {
            close();
            throw new IOException(FileTrouble.words(e), e);
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private void append(byte[] line) throws IOException {
        FileState state = FileState.of(path);
        if (state != null && state.size() > 0 && state.size() + line.length >= maxSize) {
            rotation.putAside(state);
            state = FileState.of(path);
        }
        if (state == null || open == null || !Objects.equals(state.key(), open.key)) {
            close();
            open = open();
        }
        boolean cut = open.endsWithinALine();
        byte[] bytes = new byte[line.length + (cut ? 2 : 1)];
        Arrays.fill(bytes, (byte) '\n');
        System.arraycopy(line, 0, bytes, cut ? 1 : 0, line.length);
        open.out.write(bytes);
    }

    /** Again if another process puts the file aside while it is opened. */
    private Open open() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                FileState state = SafeFile.createdOrChecked(path);
                Open opened = state == null ? null : open(state);
                if (opened != null) {
                    return opened;
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException("somebody exchanges it while it is opened; see who may write to its folder");
                }
            } catch (NoSuchFileException | FileNotFoundException | FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Null if another was opened. Opened for reading first, which makes no file: it fails if it is not there any more. */
    private @Nullable Open open(FileState state) throws IOException {
        RandomAccessFile in = new RandomAccessFile(path.toFile(), "r");
        File opened = SafeFile.opened(path, state);
        if (opened == null) {
            in.close();
            return null;
        }
        try {
            return new Open(state.key(), new FileOutputStream(opened, true), in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
