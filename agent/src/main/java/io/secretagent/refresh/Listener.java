package io.secretagent.refresh;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells the application which secrets have changed, if it has put a {@code Consumer<String>} among its system properties.
 * So it needs no class of ours, of whatever loader its own are.
 */
final class Listener {
    /** The property's name. */
    static final String PROPERTY = "secret-agent.on-change";

    private final PrintStream err;
    private final Set<String> told = new HashSet<>();

    Listener(PrintStream err) {
        this.err = err;
    }

    @SuppressWarnings("unchecked") // what is documented
    void changed(Set<String> names) {
        if (names.isEmpty() || !(System.getProperties().get(PROPERTY) instanceof Consumer<?> listener)) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(listener.getClass().getClassLoader());
        try {
            for (String name : names) {
                ((Consumer<String>) listener).accept(name);
            }
        } catch (Throwable failed) {
            // The application's own; by its type, since its message may be of the value that was looked up.
            String type = failed.getClass().getName();
            if (told.add(type)) {
                err.println("secret-agent: the listener of " + PROPERTY + " failed (" + type + ")");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
