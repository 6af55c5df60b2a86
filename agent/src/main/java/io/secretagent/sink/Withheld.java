package io.secretagent.sink;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What an appender gets in the place of a part of an event that cannot be masked. It is told once. */
record Withheld(PrintStream err, AtomicBoolean told) {
    static final String TEXT = "(withheld by secret-agent, which could not mask it)";

    Withheld(PrintStream err) {
        this(err, new AtomicBoolean());
    }

    /**
     * Nothing of the type, as far as there is one.
     *
     * @param reason what failed; null if what was masked is not of the type any more
     */
    @Nullable Object of(Class<?> type, @Nullable Throwable reason) {
        tell(reason);
        return type.isAssignableFrom(String.class) ? TEXT : type.isAssignableFrom(Map.class) ? Map.of() : null;
    }

    void tell(@Nullable Throwable reason) {
        if (!told.getAndSet(true)) {
            err.println("secret-agent: a part of a log event could not be masked ("
                    + (reason == null
                            ? "it is of another class then"
                            : reason.getClass().getName())
                    + ") and is withheld from the appender that asked for it, and so will others be; give the appender a"
                    + " layout or an encoder, whose text is masked");
        }
    }
}
