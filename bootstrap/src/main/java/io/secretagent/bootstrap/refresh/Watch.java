package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.bootstrap.backend.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One backend, looked at again and again by a thread of its own, so that none waits for another. */
final class Watch implements Runnable {
    /** Until a refusal is asked for again, and what has ended is tried again to be had. */
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Backend backend;
    private final Duration timeout;
    private final Verdicts verdicts;
    private final List<Place> places = new ArrayList<>();
    private final Collection<Group> groups;
    private final BlockingQueue<Demand> demands = new LinkedBlockingQueue<>();
    /** Of {@link System#nanoTime}, as all times here; null if nothing is to be read again. */
    private @Nullable Long againDue;
    /** Null if nothing is lent. At first it is not known whether anything is. */
    private @Nullable Long upkeepDue = System.nanoTime();

    Watch(Backend backend, Duration timeout, Verdicts verdicts, Collection<Group> groups) {
        this.backend = backend;
        this.timeout = timeout;
        this.verdicts = verdicts;
        this.groups = groups;
        groups.forEach(group -> places.addAll(group.places));
    }

    boolean concerns(Demand demand) {
        return places.stream().anyMatch(demand::concerns);
    }

    void demand(Demand demand) {
        demands.add(demand);
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Demand first = demands.poll(untilNext(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    serve(first);
                }
                if (isDue(upkeepDue)) {
                    renew();
                }
                if (isDue(againDue)) {
                    againDue = null;
                    read(places.stream().filter(Place::isToBeReadAgain).toList());
                }
                for (Group group : groups) {
                    if (isDue(group.due())) {
                        group.scheduleAfter(judge(group.places, round(group.places, Round::look)));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that have come meanwhile are served by one read. */
    private void serve(Demand first) {
        List<Demand> served = new ArrayList<>(List.of(first));
        demands.drainTo(served);
        boolean trouble = read(places.stream()
                .filter(place -> served.stream().anyMatch(demand -> demand.concerns(place)))
                .toList());
        served.forEach(demand -> demand.read(!trouble));
    }

    private void renew() {
        Upkeep upkeep = Upkeep.NONE;
        try {
            upkeep = backend.renew(Deadline.after(timeout));
        } catch (RuntimeException | LinkageError e) {
            // A defect. The rounds tell, when what was lent has ended and nothing can be read.
            Trace.print(e);
        }
        Duration next = upkeep.next();
        upkeepDue = next == null ? null : System.nanoTime() + next.toNanos();
        Set<Location> ending = upkeep.ending();
        read(places.stream().filter(place -> ending.contains(place.location)).toList());
    }

    /** Whether the backend is in trouble. */
    private boolean read(List<Place> toRead) {
        return !toRead.isEmpty() && judge(toRead, round(toRead, Round::read));
    }

    private Map<Place, Outcome> round(List<Place> looked, Function<Round, Map<Place, Outcome>> question) {
        try {
            return question.apply(new Round(backend, Deadline.after(timeout), looked));
        } catch (RuntimeException | LinkageError e) {
            Outcome defect = new Outcome.Failed(Failure.defect(e));
            return looked.stream().collect(Collectors.toMap(place -> place, place -> defect));
        }
    }

    private boolean judge(List<Place> looked, Map<Place, Outcome> outcomes) {
        boolean trouble = verdicts.judge(looked, outcomes);
        if (looked.stream().anyMatch(Place::isToBeReadAgain)) {
            againDue = System.nanoTime() + AGAIN.toNanos();
        }
        // What was read may be lent.
        upkeepDue = System.nanoTime();
        return trouble;
    }

    private long untilNext() {
        long next = Long.MAX_VALUE;
        for (Group group : groups) {
            next = Math.min(next, group.due() - System.nanoTime());
        }
        for (Long due : new Long[] {againDue, upkeepDue}) {
            next = due == null ? next : Math.min(next, due - System.nanoTime());
        }
        return Math.max(next, 0);
    }

    private static boolean isDue(@Nullable Long due) {
        return due != null && due - System.nanoTime() <= 0;
    }
}
