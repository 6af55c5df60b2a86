package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One look at some places of a backend, within one deadline. */
final class Round {
    private static final Failure FORGOTTEN =
            new Failure(Failure.Kind.INTERNAL, "internal error (the backend left it out)", "report it");

    private final Backend backend;
    private final Deadline deadline;
    private final Map<Location, Place> places = new LinkedHashMap<>();

    Round(Backend backend, Deadline deadline, Collection<Place> places) {
        this.backend = backend;
        this.deadline = deadline;
        places.forEach(place -> this.places.put(place.location, place));
    }

    /** Reads where something may have changed; the outcome of those places, and of those that cannot be looked at. */
    Map<Place, Outcome> look() {
        Map<Location, Outcome> outcomes = new LinkedHashMap<>();
        Set<Location> asked = new LinkedHashSet<>();
        Set<Location> toRead = new LinkedHashSet<>();
        places.forEach((location, place) -> (place.wantsReading() ? toRead : asked).add(location));
        if (!asked.isEmpty()) {
            Map<Location, Polled> polled = backend.poll(asked, deadline);
            for (Location location : asked) {
                Polled seen = polled.getOrDefault(location, new Polled.Read(new Outcome.Failed(FORGOTTEN)));
                if (seen instanceof Polled.Read read) {
                    outcomes.put(location, read.outcome());
                } else if (place(location).mayDiffer((Polled.Marked) seen)) {
                    toRead.add(location);
                }
            }
        }
        outcomes.putAll(fetch(toRead));
        return taken(outcomes);
    }

    /** Reads them all. */
    Map<Place, Outcome> read() {
        return taken(fetch(places.keySet()));
    }

    private Map<Location, Outcome> fetch(Set<Location> wanted) {
        Map<Location, Outcome> outcomes = new LinkedHashMap<>();
        if (!wanted.isEmpty()) {
            Map<Location, Outcome> fetched = backend.fetch(wanted, deadline);
            for (Location location : wanted) {
                outcomes.put(location, fetched.getOrDefault(location, new Outcome.Failed(FORGOTTEN)));
            }
        }
        return outcomes;
    }

    private Map<Place, Outcome> taken(Map<Location, Outcome> outcomes) {
        Map<Place, Outcome> taken = new LinkedHashMap<>();
        outcomes.forEach((location, outcome) -> {
            Place place = place(location);
            if (outcome instanceof Outcome.Found found) {
                place.take(found);
            } else {
                place.fail();
            }
            taken.put(place, outcome);
        });
        return taken;
    }

    private Place place(Location location) {
        return Objects.requireNonNull(places.get(location));
    }
}
