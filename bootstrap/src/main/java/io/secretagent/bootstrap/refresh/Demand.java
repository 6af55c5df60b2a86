package io.secretagent.bootstrap.refresh;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Somebody does not want to wait for the next round. Answered when each backend that it concerns has been read. */
final class Demand {
    private final Set<String> names;
    private final Consumer<Boolean> answer;
    private final AtomicInteger open;
    private final AtomicBoolean allRead = new AtomicBoolean(true);

    /**
     * @param names of the secrets; empty for all
     * @param watches how many will read for it
     * @param answer is told whether all could be read
     */
    Demand(Set<String> names, int watches, Consumer<Boolean> answer) {
        this.names = names;
        this.answer = answer;
        this.open = new AtomicInteger(watches);
    }

    boolean concerns(Place place) {
        return names.isEmpty() || place.watched.stream().anyMatch(this::concerns);
    }

    private boolean concerns(Watched watched) {
        return names.contains(watched.entry.name().text())
                || watched.given.keySet().stream().anyMatch(names::contains);
    }

    /** One of the watches has read. */
    void read(boolean all) {
        if (!all) {
            allRead.set(false);
        }
        if (open.decrementAndGet() == 0) {
            answer.accept(allRead.get());
        }
    }
}
