package io.secretagent.sink;

import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;

/**
 * Finds the stream behind a {@link FilterOutputStream}. Never used as it is, for the reason of {@link BridgeDefiner}.
 */
final class FilteredStreams implements Supplier<VarHandle> {

    FilteredStreams() {}

    @Override
    public VarHandle get() {
        try {
            return MethodHandles.privateLookupIn(FilterOutputStream.class, MethodHandles.lookup())
                    .findVarHandle(FilterOutputStream.class, "out", OutputStream.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("java.io is not open", e);
        }
    }
}
