package io.secretagent.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands where the bridge does in woven test classes: masks by brackets, and keeps what it was shown. */
public final class StaticBridge {
    static final List<@Nullable Object> SHOWN = new ArrayList<>();
    static final List<@Nullable Object> WRITTEN = new ArrayList<>();

    static @Nullable Object written;
    static @Nullable Object maskedEncoder;
    /** What takes events apart. */
    static @Nullable Object receiver;
    /** Why a text is masked that goes into a buffer. */
    static @Nullable Object reason;

    public static @Nullable Object mask(@Nullable Object text) {
        if (text instanceof ByteBuffer range) {
            byte[] masked = new byte[range.remaining() + 1];
            range.get(masked, 0, range.remaining());
            masked[masked.length - 1] = '!';
            return ByteBuffer.wrap(masked);
        }
        if (text instanceof StringBuilder builder) {
            return builder.insert(0, '[').append(']');
        }
        return "[" + text + "]";
    }

    public static @Nullable Object mask(@Nullable Object text, @Nullable Object event) {
        return event == null ? text : mask(text);
    }

    public static @Nullable Object unmasked(@Nullable Object encoder) {
        return encoder == maskedEncoder ? null : encoder;
    }

    public static @Nullable Object handed(Object to, Object event) {
        return to == receiver ? mask(event) : event;
    }

    public static @Nullable Object tight(Object buffer, Object text) {
        return buffer == reason ? buffer : null;
    }

    public static @Nullable Object unscanned(Object destination, Object encoder) {
        return destination == reason ? destination : null;
    }

    public static Object whole(Object bytes, Object buffer) {
        return buffer;
    }

    public static @Nullable Object opened(@Nullable Object shown) {
        SHOWN.add(shown);
        return shown;
    }

    public static @Nullable Object stream(@Nullable Object descriptor) {
        return written;
    }

    public static @Nullable Object write(@Nullable Object call) {
        WRITTEN.add(call);
        return written instanceof Number ? written : null;
    }

    private StaticBridge() {}
}
