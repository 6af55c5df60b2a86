package io.secretagent.sink;

import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The masking streams of logs that are files of their own, beside those of the descriptors. */
final class LogStreams {
    private final Masker masker;
    private final Pauses pauses;
    private final Set<MaskingStream> open = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    LogStreams(Masker masker, Pauses pauses) {
        this.masker = masker;
        this.pauses = pauses;
    }

    /** A stream that masks in front of another one, whose writers flush it as they did. */
    OutputStream masked(OutputStream out) {
        if (isMasked(out)) {
            return out;
        }
        MaskingStream masking = new MaskingStream(new Unflushed(out), masker, pauses);
        open.add(masking);
        return new Masked(masking, out);
    }

    static boolean isMasked(OutputStream out) {
        return out instanceof Masked || out instanceof MaskingStream;
    }

    /** Lets everything out that is held back: the JVM ends, and few logs are closed then. */
    void end() {
        List<MaskingStream> all;
        synchronized (open) {
            all = new ArrayList<>(open);
        }
        for (MaskingStream stream : all) {
            try {
                stream.end();
            } catch (IOException e) {
                // Closed, or its reader is gone: there is nobody to tell.
            }
        }
    }

    /** What is decided goes on at once: there may be a buffer behind this, and there is none in it. */
    private static final class Masked extends OutputStream {
        private final MaskingStream masking;
        private final OutputStream out;

        Masked(MaskingStream masking, OutputStream out) {
            this.masking = masking;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            masking.write(b);
            masking.flush();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            masking.write(bytes, offset, length);
            masking.flush();
        }

        @Override
        public void flush() throws IOException {
            masking.flush();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            masking.close();
        }
    }

    /** Whoever buffers behind the mask does so for as long as without it. */
    private static final class Unflushed extends OutputStream {
        private final OutputStream out;

        Unflushed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
