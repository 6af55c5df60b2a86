package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Failure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** A backend at which nothing can be looked at: told once when that begins, and once when it is over. */
final class Trouble {
    private final String backend;
    private final Outlet outlet;
    /** The places at which it was met and that were not looked at since. */
    private final Set<Place> places = new LinkedHashSet<>();

    private long since;

    Trouble(String backend, Outlet outlet) {
        this.backend = backend;
        this.outlet = outlet;
    }

    void met(Place place, Failure failure) {
        if (places.isEmpty()) {
            since = System.nanoTime();
            outlet.tell("backend " + backend + ": new versions cannot be looked for: " + failure.why() + "; "
                    + failure.mend() + "; the application keeps the values that it has, and the attempts go on");
        }
        if (places.add(place)) {
            outlet.record(place, failure);
        }
    }

    void notMet(Place place) {
        if (places.remove(place) && places.isEmpty()) {
            outlet.tell("backend " + backend + ": new versions are looked for again, after "
                    + words(Duration.ofNanos(System.nanoTime() - since)));
        }
    }

    /** The largest two units. */
    private static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
