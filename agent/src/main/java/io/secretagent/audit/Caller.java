package io.secretagent.audit;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds who did something, past what it was done through. The walk is the JDK's one way to look at a few frames without
 * making all of them, and hands them over as a stream; so this class is not loaded before it is needed.
 */
public final class Caller implements Function<Stream<StackFrame>, Caller.Found> {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final String[] own;
    private final String[] passed;

    /**
     * What was found.
     *
     * @param nearest the first frame that is not our own
     * @param caller the first that is not passed either; null if there is none
     */
    public record Found(
            @Nullable StackFrame nearest, @Nullable StackFrame caller) {}

    /**
     * @param own what the names of those classes begin with that are of no interest
     * @param passed the same of those that it was done through
     */
    public Caller(String[] own, String[] passed) {
        this.own = own;
        this.passed = passed;
    }

    /** Looks at this thread's frames. */
    public Found find() {
        return WALKER.walk(this);
    }

    @Override
    public Found apply(Stream<StackFrame> frames) {
        StackFrame nearest = null;
        Iterator<StackFrame> each = frames.iterator();
        while (each.hasNext()) {
            StackFrame frame = each.next();
            String type = frame.getClassName();
            if (!beginsWithAny(type, own)) {
                if (nearest == null) {
                    nearest = frame;
                }
                if (!beginsWithAny(type, passed)) {
                    return new Found(nearest, frame);
                }
            }
        }
        return new Found(nearest, null);
    }

    private static boolean beginsWithAny(String type, String[] prefixes) {
        for (String prefix : prefixes) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
