package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A class as a framework could have it, for {@link WovenTest} to weave: branches, loops and handlers in its methods. */
public class Sink {
    public final FileDescriptor fd = new FileDescriptor();
    public @Nullable Object seen;

    public Sink() {}

    public Sink(boolean early) {
        if (early) {
            return;
        }
        seen = "late";
    }

    public String format(@Nullable Object event, boolean upper) {
        try {
            return upper ? "FORMATTED" : String.valueOf(List.of("formatted").get(0));
        } catch (IndexOutOfBoundsException e) {
            return "none";
        }
    }

    public String append(String text) {
        for (int i = 0; i < 2; i++) {
            text = text + i;
        }
        return text;
    }

    public static String send(String text) {
        return text;
    }

    public String last(long wide, String first, String text) {
        return wide + first + text;
    }

    public static String lastOfStatic(double wide, String text) {
        return wide + text;
    }

    public String calls() {
        return String.join("-", "a", "b") + string("c");
    }

    public String callsToo() {
        return String.join("-", "a", "b");
    }

    public Object encodes(UnaryOperator<Object> encoder, boolean twice) {
        Object encoded = "event";
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            encoded = encoder.apply(encoded);
        }
        return encoded;
    }

    public static String buffers(
            CharsetEncoder encoder, CharBuffer characters, ByteBuffer bytes, StringBuilder text, Object destination) {
        for (int i = 0; i < 2; i++) {
            text.append(i);
        }
        return text.toString();
    }

    public static ByteBuffer splits(ByteBuffer bytes, Destination destination) {
        return bytes;
    }

    /** As Log4j 2's. */
    public interface Destination {
        ByteBuffer getByteBuffer();
    }

    public String range(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, UTF_8);
    }

    public static String rangeOfStatic(byte[] bytes, int length) {
        return new String(bytes, 0, length, UTF_8);
    }

    public static String lastRange(byte[] head, byte[] bytes, int offset, int length, int more) {
        return new String(head, UTF_8) + new String(bytes, offset, length, UTF_8) + more;
    }

    public boolean isText(Object any) {
        return any instanceof String;
    }

    public int write(byte[] bytes, int offset, long position) {
        int sum = 0;
        for (byte b : bytes) {
            sum += b;
        }
        return sum;
    }

    public void writeAll(String text) {
        seen = text;
    }

    public static long writeTo(FileDescriptor descriptor, int count) {
        return count < 0 ? -1 : count;
    }

    public static int writeByNumber(int descriptor, byte[] bytes) {
        return descriptor + bytes.length;
    }

    private static String string(String text) {
        return text;
    }
}
