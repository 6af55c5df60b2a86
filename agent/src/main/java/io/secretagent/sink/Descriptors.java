package io.secretagent.sink;

import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors 1 and 2, each with the one masking stream through which everything is written to it, and the descriptors
 * that were opened later on the same files. What goes to {@code /dev/stdout} goes out through descriptor 1.
 */
final class Descriptors {
    private static final Opened[] NONE = {};

    private final FileOutputStream rawOut = new FileOutputStream(FileDescriptor.out);
    private final FileOutputStream rawErr = new FileOutputStream(FileDescriptor.err);
    private final MaskingStream out;
    private final MaskingStream err;

    private @Nullable Function<Object, Object> numbers;
    private @Nullable Object outFile;
    private @Nullable Object errFile;
    private volatile Opened[] opened = NONE;

    Descriptors(Masker masker, Pauses pauses) {
        out = new MaskingStream(rawOut, masker, pauses, "stdout");
        err = new MaskingStream(rawErr, masker, pauses, "stderr");
    }

    MaskingStream out() {
        return out;
    }

    MaskingStream err() {
        return err;
    }

    /**
     * Tells the two by their files from now on.
     *
     * @param numbers the number of a descriptor
     */
    void identify(Function<Object, Object> numbers) {
        this.numbers = numbers;
        outFile = file(FileDescriptor.out);
        errFile = file(FileDescriptor.err);
    }

    /**
     * The stream that masks what is written to the descriptor; null for every file of the application's own.
     *
     * @param descriptor a {@code FileDescriptor}, or its number where native code is called
     */
    @Nullable MaskingStream stream(@Nullable Object descriptor) {
        if (descriptor instanceof Integer number) {
            return number == 1 ? out : number == 2 ? err : null;
        }
        if (descriptor == FileDescriptor.out) {
            return out;
        }
        if (descriptor == FileDescriptor.err) {
            return err;
        }
        for (Opened other : opened) {
            if (descriptor != null && other.refersTo((FileDescriptor) descriptor)) {
                return other.stream;
            }
        }
        return null;
    }

    /** A file was opened. */
    void opened(FileDescriptor descriptor) {
        if (stream(descriptor) != null) {
            return;
        }
        Object file = file(descriptor);
        if (file != null && file.equals(outFile)) {
            add(new Opened(descriptor, out));
        } else if (file != null && file.equals(errFile)) {
            add(new Opened(descriptor, err));
        }
    }

    /**
     * Takes over a write to one of the descriptors.
     *
     * @param call the object that writes, null for a static method; the descriptor; the method's further arguments,
     *     of which what is neither an object nor an int is null. Without any, the descriptor is about to be closed.
     * @return how many bytes were written; null if the method is to run as ever
     */
    @Nullable Object write(@Nullable Object[] call) throws IOException {
        MaskingStream stream = stream(call[1]);
        if (stream == null || call[0] == rawOut || call[0] == rawErr || isClosed(call[1])) {
            return null;
        }
        if (call.length == 2) {
            stream.release();
            return null;
        }
        byte[] bytes = WrittenBytes.of(call);
        if (bytes == null) {
            return null;
        }
        stream.write(bytes, 0, bytes.length);
        stream.flush();
        return bytes.length;
    }

    private static boolean isClosed(@Nullable Object descriptor) {
        return descriptor instanceof FileDescriptor known && !known.valid();
    }

    /** Something else is about to write to the same places. */
    void release() {
        release(out);
        release(err);
    }

    private static void release(MaskingStream stream) {
        try {
            stream.release();
        } catch (IOException e) {
            // Its reader is gone, and the application's next write will say so.
            return;
        }
    }

    /**
     * Device and inode. Not the JDK's own {@code sun.nio.ch.FileKey}, which loads the network's native library: that
     * reads {@code java.net.preferIPv4Stack}, which the application may set in {@code main}.
     */
    private @Nullable Object file(FileDescriptor descriptor) {
        if (numbers == null) {
            return null;
        }
        try {
            Path path = Path.of("/dev/fd/".concat(numbers.apply(descriptor).toString()));
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException | RuntimeException | LinkageError e) {
            // Closed, or a JDK that is built otherwise: it is known as an object only.
            return null;
        }
    }

    private synchronized void add(Opened another) {
        List<Opened> alive = new ArrayList<>();
        for (Opened earlier : opened) {
            if (!earlier.refersTo(null)) {
                alive.add(earlier);
            }
        }
        alive.add(another);
        opened = alive.toArray(NONE);
    }

    private static final class Opened extends WeakReference<FileDescriptor> {
        final MaskingStream stream;

        Opened(FileDescriptor descriptor, MaskingStream stream) {
            super(descriptor);
            this.stream = stream;
        }
    }
}
