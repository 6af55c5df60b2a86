package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes that a method of the JDK was called to write, whose arguments differ by method. */
final class WrittenBytes {

    /**
     * Takes them out of their buffers.
     *
     * @param call as {@link Descriptors#write} is given it
     * @return null if they are of no kind that is known
     */
    static byte @Nullable [] of(@Nullable Object[] call) {
        Object text = call[2];
        if (text instanceof Integer character) {
            return new byte[] {character.byteValue()};
        }
        if (text instanceof byte[] bytes) {
            if (call.length == 3) {
                return bytes;
            }
            int offset = (Integer) Objects.requireNonNull(call[3]);
            int length = (Integer) Objects.requireNonNull(call[4]);
            Objects.checkFromIndexSize(offset, length, bytes.length);
            byte[] range = new byte[length];
            System.arraycopy(bytes, offset, range, 0, length);
            return range;
        }
        if (text instanceof String string) {
            return string.getBytes(ISO_8859_1);
        }
        if (text instanceof ByteBuffer buffer) {
            return taken(buffer);
        }
        if (text instanceof ByteBuffer[] buffers) {
            boolean all = !(call[3] instanceof Integer);
            int from = all ? 0 : (Integer) Objects.requireNonNull(call[3]);
            int count = all ? buffers.length : (Integer) Objects.requireNonNull(call[4]);
            return taken(buffers, from, count);
        }
        return null;
    }

    private static byte[] taken(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] taken(ByteBuffer[] buffers, int from, int count) {
        int length = 0;
        for (int i = from; i < from + count; i++) {
            length += buffers[i].remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int i = from; i < from + count; i++) {
            all.put(buffers[i]);
        }
        return all.array();
    }

    private WrittenBytes() {}
}
