package io.secretagent.sink;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an application puts in the place of {@code System.out} or {@code System.err}: what is printed there is a log,
 * wherever it goes. Not into memory: who catches what a part of itself prints goes on to work with that.
 *
 * <p>The stream stays the object that it is, since many look whether theirs is still there. What is behind it changes.
 */
final class ReplacedStream implements UnaryOperator<@Nullable Object> {
    private final Instrumentation instrumentation;
    private final Descriptors descriptors;
    private final LogStreams streams;
    private volatile boolean passing;
    private @Nullable VarHandle behind;

    ReplacedStream(Instrumentation instrumentation, Descriptors descriptors, LogStreams streams) {
        this.instrumentation = instrumentation;
        this.descriptors = descriptors;
        this.streams = streams;
    }

    /** Masks none from now on. */
    void pass() {
        passing = true;
    }

    @Override
    public @Nullable Object apply(@Nullable Object stream) {
        if (stream instanceof PrintStream printed && !passing) {
            try {
                mask(printed);
            } catch (IOException | ReflectiveOperationException e) {
                // Whoever replaces a stream has nothing to do with what keeps the agent from looking behind it.
                return stream;
            }
        }
        return stream;
    }

    private synchronized void mask(PrintStream printed) throws IOException, ReflectiveOperationException {
        VarHandle out = behind();
        FilterOutputStream last = printed;
        OutputStream end = (OutputStream) out.get(printed);
        // Behind a buffer, whose writes are fewer. What others have behind themselves is theirs to know.
        while (end.getClass() == BufferedOutputStream.class || end.getClass() == PrintStream.class) {
            last = (FilterOutputStream) end;
            end = (OutputStream) out.get(last);
        }
        if (!isMasked(end, out) && !(end instanceof ByteArrayOutputStream)) {
            out.set(last, streams.masked(end));
        }
    }

    private boolean isMasked(OutputStream end, VarHandle out) throws IOException {
        OutputStream stream = end;
        while (stream instanceof FilterOutputStream) {
            stream = (OutputStream) out.get(stream);
        }
        return LogStreams.isMasked(stream)
                || (stream instanceof FileOutputStream file && descriptors.stream(file.getFD()) != null);
    }

    @SuppressWarnings("unchecked") // what FilteredStreams is
    private VarHandle behind() throws IOException, ReflectiveOperationException {
        VarHandle found = behind;
        if (found == null) {
            found = ((Supplier<VarHandle>) Bridge.opened(instrumentation, FilteredStreams.class, "java.io")).get();
            behind = found;
        }
        return found;
    }
}
