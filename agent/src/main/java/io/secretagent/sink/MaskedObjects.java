package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stream of objects of an appender that sends events: every text of an event is masked on its way, so that the
 * receiver can read the event and the application's own stays as it is.
 */
class MaskedObjects extends ObjectOutputStream {
    /** By name, since a runtime image may lack its module. */
    private static final String MARSHALLED = "java.rmi.MarshalledObject";

    private final Masker masker;

    private MaskedObjects(OutputStream out, Masker masker) throws IOException {
        super(out);
        this.masker = masker;
        enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (object instanceof String text) {
            return masker.mask(text);
        }
        // Log4j 2 sends its message twice, serialised inside the event and as text, and reads the text if that is all.
        return object.getClass().getName().equals(MARSHALLED) ? null : object;
    }

    /** The stream as the bridge makes it, in place of a plain one to the same output. */
    record Made(Masker masker) implements UnaryOperator<@Nullable Object> {
        @Override
        public Object apply(@Nullable Object out) {
            try {
                return new MaskedObjects((OutputStream) Objects.requireNonNull(out), masker);
            } catch (IOException e) {
                throw unchecked(e);
            }
        }
    }

    /** As {@link Made}, for a caller that writes the stream's header itself. */
    record MadeHeadless(Masker masker) implements UnaryOperator<@Nullable Object> {
        @Override
        public Object apply(@Nullable Object out) {
            try {
                return new Headless((OutputStream) Objects.requireNonNull(out), masker);
            } catch (IOException e) {
                throw unchecked(e);
            }
        }
    }

    private static final class Headless extends MaskedObjects {
        Headless(OutputStream out, Masker masker) throws IOException {
            super(out, masker);
        }

        @Override
        protected void writeStreamHeader() {}
    }

    /** As it is: the constructor that was replaced throws it too, and its caller connects anew. */
    @SuppressWarnings("unchecked") // erased
    private static <T extends Throwable> RuntimeException unchecked(IOException e) throws T {
        throw (T) e;
    }
}
