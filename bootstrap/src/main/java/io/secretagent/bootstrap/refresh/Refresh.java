package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.guard.ValueGuards;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import io.secretagent.bootstrap.refresh.Watched.Standing;
import io.secretagent.channel.RecordWriter;
import io.secretagent.mask.Masker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what a running application has as it is in the backends. */
public final class Refresh {
    private static final long LAST_ROUND_MILLIS = 1_000;

    private final Mapping mapping;
    private final Fetch fetch;
    private final Outlet outlet;
    private final Changes changes;
    private final Map<Entry, Watched> watched = new LinkedHashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Whether any of these is to be looked at again. */
    public static boolean isWanted(Mapping mapping, Collection<Entry> entries) {
        return entries.stream().anyMatch(entry -> mapping.refresh(entry) != null);
    }

    /**
     * Looks at nothing yet.
     *
     * @param entries those of which not every target was given to the application already
     * @param fetch whose backends are asked
     * @param channel to the application
     * @param recording of what is read and what is not
     * @param masker is told of every value, if anything is to be masked in this process
     */
    public Refresh(
            Mapping mapping,
            Collection<Entry> entries,
            ValueGuards guards,
            Fetch fetch,
            RecordWriter channel,
            Recording recording,
            @Nullable Masker masker) {
        this.mapping = mapping;
        this.fetch = fetch;
        this.outlet = new Outlet(channel, recording, fetch, masker);
        this.changes = new Changes(mapping, guards, outlet);
        for (Entry entry : entries) {
            if (mapping.refresh(entry) != null) {
                watched.put(entry, new Watched(entry));
            }
        }
    }

    /**
     * Begins after a fetch whose secrets the application has.
     *
     * @param guarded what was told of the values
     */
    public void start(Map<Entry, Outcome> outcomes, Resolution resolution, List<Problem> guarded) {
        for (Resolved resolved : resolution.resolved()) {
            Watched entry = watched.get(resolved.entry());
            if (entry != null && resolved.failure() != null) {
                entry.standing = Standing.ABSENT;
            }
        }
        changes.startWith(resolution, watched, guarded);
        outlet.know(resolution.masked(), resolution.secrets());
        Map<Location, Outcome.Found> found = new LinkedHashMap<>();
        outcomes.forEach((entry, outcome) -> {
            if (outcome instanceof Outcome.Found read) {
                found.put(Fetch.location(entry), read);
            }
        });
        for (BackendSettings settings : mapping.backends().values()) {
            Collection<Group> groups = groups(settings.name());
            for (Group group : groups) {
                for (Place place : group.places) {
                    Outcome.Found read = found.get(place.location);
                    if (read != null) {
                        place.startWith(read);
                    }
                }
            }
            watch(settings, groups);
        }
    }

    /**
     * Begins in the place of another process that has died, and reads everything at once.
     *
     * @param held the names of the secrets that the application has
     */
    public void resume(Set<String> held) {
        watched.values().stream()
                .filter(entry -> !isHeld(entry, held))
                .forEach(entry -> entry.standing = Standing.ABSENT);
        for (BackendSettings settings : mapping.backends().values()) {
            Collection<Group> groups = groups(settings.name());
            groups.forEach(Group::scheduleNow);
            watch(settings, groups);
        }
    }

    /**
     * Reads these now.
     *
     * @param names of secrets; empty for all
     * @param answer is told whether all could be read, when what has changed is sent
     */
    public void ask(Set<String> names, Consumer<Boolean> answer) {
        Demand any = new Demand(names, 0, answer);
        List<Watch> concerned =
                watches.stream().filter(watch -> watch.concerns(any)).toList();
        if (concerned.isEmpty()) {
            answer.accept(true);
        }
        Demand demand = new Demand(names, concerned.size(), answer);
        concerned.forEach(watch -> watch.demand(demand));
    }

    /** The same for the application, which is sent the answer. */
    public void ask(int number, Set<String> names) {
        ask(names, all -> outlet.answer(number));
    }

    /** Looks at nothing any more. */
    public void stop() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LAST_ROUND_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(BackendSettings settings, Collection<Group> groups) {
        if (groups.isEmpty()) {
            return;
        }
        Verdicts verdicts = new Verdicts(settings.name(), changes, outlet);
        Watch watch = new Watch(fetch.backend(settings), mapping.options().timeout(), verdicts, groups);
        watches.add(watch);
        Thread thread = new Thread(watch, "refresh-" + settings.name());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** A place is looked at as often as the entry asks for that asks for it oftenest. */
    private Collection<Group> groups(String backend) {
        Map<Location, Place> places = new LinkedHashMap<>();
        Map<Location, Duration> intervals = new LinkedHashMap<>();
        watched.forEach((entry, one) -> {
            Duration interval = mapping.refresh(entry);
            if (interval != null && entry.name().backend().equals(backend)) {
                Location location = Fetch.location(entry);
                places.computeIfAbsent(location, Place::new).watched.add(one);
                intervals.merge(location, interval, (a, b) -> a.compareTo(b) < 0 ? a : b);
            }
        });
        Map<Duration, Group> groups = new LinkedHashMap<>();
        intervals.forEach((location, interval) -> {
            Place place = places.get(location);
            if (place != null) {
                groups.computeIfAbsent(interval, Group::new).places.add(place);
            }
        });
        return groups.values();
    }

    private static boolean isHeld(Watched entry, Set<String> held) {
        String name = entry.entry.name().text();
        if (entry.entry.name().selection() instanceof Selection.AllFields) {
            String prefix = name.substring(0, name.length() - 1);
            return held.stream().anyMatch(one -> one.startsWith(prefix));
        }
        return held.contains(name);
    }
}
