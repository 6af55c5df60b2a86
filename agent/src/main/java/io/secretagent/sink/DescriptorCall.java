package io.secretagent.sink;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors as the bridge calls them. Classes and not lambdas: what these are used by is too early in the JDK's
 * start, and too deep in its class loading, to link a lambda there.
 */
sealed interface DescriptorCall extends UnaryOperator<@Nullable Object> {

    /** {@link Descriptors#stream}. */
    record Stream(Descriptors descriptors) implements DescriptorCall {
        @Override
        public @Nullable Object apply(@Nullable Object descriptor) {
            return descriptors.stream(descriptor);
        }
    }

    /** {@link Descriptors#write}. */
    record Write(Descriptors descriptors) implements DescriptorCall {
        @Override
        public @Nullable Object apply(@Nullable Object call) {
            try {
                return descriptors.write((@Nullable Object[]) Objects.requireNonNull(call));
            } catch (IOException e) {
                throw DescriptorCall.<RuntimeException>undeclared(e);
            }
        }
    }

    /** {@link Descriptors#opened}, also for a stream that was made on a descriptor. */
    record Opened(Descriptors descriptors) implements DescriptorCall {
        @Override
        public @Nullable Object apply(@Nullable Object opened) {
            try {
                if (opened instanceof FileOutputStream stream) {
                    descriptors.opened(stream.getFD());
                } else if (opened != null) {
                    descriptors.opened((FileDescriptor) opened);
                }
            } catch (IOException e) {
                throw DescriptorCall.<RuntimeException>undeclared(e); // never: it was given one
            }
            return opened;
        }
    }

    /** The method that calls the bridge declares it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the point of it: the cast is none at run time
    private static <E extends Exception> E undeclared(IOException e) throws E {
        throw (E) e;
    }
}
