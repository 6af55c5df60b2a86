package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.io.OutputStream;

/** What is written to a descriptor, which its other owners may have set not to wait: Java would lose bytes then. */
final class DescriptorOutput extends OutputStream {
    private static final int EAGAIN = 11;
    private static final int EPIPE = 32;

    private final int descriptor;
    private final Memory buffer;
    private final Poll writable = new Poll(1);

    /** Its reader is gone. */
    static final class GoneException extends IOException {
        private static final long serialVersionUID = 1L;

        GoneException() {
            super("nobody reads it any more");
        }
    }

    DescriptorOutput(int descriptor, int atOnce) {
        this.descriptor = descriptor;
        buffer = new Memory(atOnce);
        writable.watch(0, descriptor, CLibrary.POLLOUT);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = (int) Math.min(left, buffer.size());
            buffer.write(0, bytes, from, count);
            writeAll(count);
            from += count;
            left -= count;
        }
    }

    private void writeAll(int count) throws IOException {
        long written = 0;
        while (written < count) {
            try {
                written += CLibrary.write(descriptor, buffer.share(written), count - written);
            } catch (LastErrorException e) {
                if (e.getErrorCode() == EAGAIN) {
                    writable.await(-1);
                } else if (e.getErrorCode() == EPIPE || isHungUp(e)) {
                    throw new GoneException();
                } else if (e.getErrorCode() != CLibrary.EINTR) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
    }

    private boolean isHungUp(LastErrorException e) {
        return e.getErrorCode() == CLibrary.EIO && CLibrary.isatty(descriptor) == 0;
    }
}
