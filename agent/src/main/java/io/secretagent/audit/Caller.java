package io.secretagent.audit;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frame that did something, past those that it did it through. The walk is the JDK's one way to look at a few
 * frames without making all of them, and hands them over as a stream; so this class is not loaded before it is needed.
 */
final class Caller implements Function<Stream<StackFrame>, @Nullable StackFrame> {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final String[] passed;

    /**
     * @param passed what the names of those classes begin with that are not who did it
     */
    Caller(String... passed) {
        this.passed = passed;
    }

    /** The frame, or null if there are only such classes. */
    @Nullable StackFrame find() {
        return WALKER.walk(this);
    }

    @Override
    public @Nullable StackFrame apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> each = frames.iterator();
        while (each.hasNext()) {
            StackFrame frame = each.next();
            if (!isPassed(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    private boolean isPassed(String type) {
        for (String prefix : passed) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
