package io.secretagent.inject;

import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code main} may ask for before it is there. Whoever asks for one of these names, or for all there are, waits until
 * it is; nothing that the waiting thread may hold is needed for it to come.
 */
public final class Awaited {
    private final CountDownLatch arrival = new CountDownLatch(1);
    private final Names properties = new Names();
    private final Names variables = new Names();
    private final Thread deliverer;
    private final long deadline;
    private final Runnable tooLate;
    private boolean inherited;

    /**
     * Awaits these.
     *
     * @param targets those that nothing given wins over; with {@code *}, all that begin like that
     * @param deliverer the thread that brings them, which never waits for itself
     * @param deadline how long anybody waits, as {@link System#nanoTime} tells it
     * @param tooLate ends this JVM, after that
     */
    public Awaited(Set<Target> targets, Thread deliverer, long deadline, Runnable tooLate) {
        this.deliverer = deliverer;
        this.deadline = deadline;
        this.tooLate = tooLate;
        for (Target target : targets) {
            (target.kind() == Target.Kind.PROPERTY ? properties : variables).add(target.name());
            inherited |= target.inherit();
        }
    }

    /** Everything is injected: nobody waits any longer. */
    public void arrived() {
        arrival.countDown();
    }

    boolean hasProperties() {
        return properties.any();
    }

    void property(@Nullable Object name) {
        if (arrival.getCount() > 0 && properties.have(name)) {
            await();
        }
    }

    void allProperties() {
        if (properties.any()) {
            await();
        }
    }

    void variable(@Nullable Object name) {
        if (arrival.getCount() > 0 && variables.have(name)) {
            await();
        }
    }

    void allVariables() {
        if (variables.any()) {
            await();
        }
    }

    void inheritedVariables() {
        if (inherited) {
            await();
        }
    }

    private void await() {
        if (arrival.getCount() == 0 || Thread.currentThread() == deliverer) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (arrival.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    tooLate.run();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            // A property is not something whose reading can be interrupted.
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Written once, before anybody reads them. */
    private static final class Names {
        private final Set<String> exact = new HashSet<>();
        private final List<String> prefixes = new ArrayList<>();

        void add(String name) {
            if (name.endsWith("*")) {
                prefixes.add(name.substring(0, name.length() - 1));
            } else {
                exact.add(name);
            }
        }

        boolean any() {
            return !exact.isEmpty() || !prefixes.isEmpty();
        }

        boolean have(@Nullable Object name) {
            if (!(name instanceof String text)) {
                return false;
            }
            if (exact.contains(text)) {
                return true;
            }
            for (String prefix : prefixes) {
                if (text.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }
    }
}
