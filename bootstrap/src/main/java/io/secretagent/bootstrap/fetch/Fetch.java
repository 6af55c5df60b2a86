package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a mapping names: each location once however many targets use it, the backends side by side, all of it
 * within one deadline.
 */
public final class Fetch implements AutoCloseable {
    /** A backend keeps the deadline by itself, and knows better what it had and what it lacked. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Failure FORGOTTEN =
            new Failure(Failure.Kind.INTERNAL, "internal error (the backend left it out)", "report it");

    private final Map<String, String> environment;
    private final Map<String, Backend> opened = new LinkedHashMap<>();
    private final Map<String, Duration> took = new ConcurrentHashMap<>();

    /** A backend at work. */
    private record Reading<T>(
            String backend, Set<Location> wanted, long startNanos, FutureTask<Map<Location, T>> task) {}

    /** What a backend is asked. */
    @FunctionalInterface
    private interface Question<T> {
        Map<Location, T> ask(Backend backend, Set<Location> wanted, Deadline deadline);
    }

    /**
     * A fetch for this process.
     *
     * @param environment where a backend finds its credentials
     */
    public Fetch(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Fetches for these entries.
     *
     * @param entries those of the mapping that are wanted
     * @return an outcome for each entry, in their order
     */
    public Map<Entry, Outcome> run(Mapping mapping, List<Entry> entries, Deadline deadline) {
        return ask(mapping, entries, deadline, Backend::fetch, Outcome.Failed::new);
    }

    /**
     * Asks about these entries, without their values where the backends can.
     *
     * @return an answer for each entry, in their order
     */
    public Map<Entry, Described> describe(Mapping mapping, List<Entry> entries, Deadline deadline) {
        return ask(mapping, entries, deadline, Backend::describe, Described.Failed::new);
    }

    private <T> Map<Entry, T> ask(
            Mapping mapping,
            List<Entry> entries,
            Deadline deadline,
            Question<T> question,
            Function<Failure, T> failed) {
        List<Reading<T>> readings = new ArrayList<>();
        for (BackendSettings settings : mapping.backends().values()) {
            Set<Location> wanted = locations(entries, settings.name());
            if (!wanted.isEmpty()) {
                readings.add(start(settings, wanted, deadline, question));
            }
        }
        Map<String, Map<Location, T>> answers = new HashMap<>();
        for (Reading<T> reading : readings) {
            answers.put(reading.backend(), await(reading, deadline, failed));
            // Only one that the deadline overtook has not told its time.
            took.putIfAbsent(reading.backend(), Duration.ofNanos(System.nanoTime() - reading.startNanos()));
        }
        Map<Entry, T> byEntry = new LinkedHashMap<>();
        for (Entry entry : entries) {
            T answer = answers.getOrDefault(entry.name().backend(), Map.of()).get(location(entry));
            byEntry.put(entry, answer == null ? failed.apply(FORGOTTEN) : answer);
        }
        return byEntry;
    }

    /** How long each backend that was asked took for all that is wanted from it, sign-in included, by its name. */
    public Map<String, Duration> took() {
        return Map.copyOf(took);
    }

    /**
     * Who each backend that was asked takes us for, by its name, where it can tell: for the audit, and not before what
     * was asked is had.
     */
    public Map<String, String> identities() {
        Map<String, Backend> asked;
        synchronized (opened) {
            asked = new LinkedHashMap<>(opened);
        }
        return Identities.of(asked);
    }

    /** The same of one backend; null if it does not tell. */
    public @Nullable String identity(String backend) {
        Backend asked;
        synchronized (opened) {
            asked = opened.get(backend);
        }
        return asked == null ? null : Identities.of(Map.of(backend, asked)).get(backend);
    }

    /** The backend, with whatever it has obtained for the fetches before. */
    public Backend backend(BackendSettings settings) {
        synchronized (opened) {
            return opened.computeIfAbsent(settings.name(), name -> Backends.open(settings, environment));
        }
    }

    /** What is read for an entry. */
    public static Location location(Entry entry) {
        return new Location(
                entry.name().path(), entry.reading().version(), entry.reading().stage());
    }

    /** Closes the backends, which gives back the tokens they obtained. */
    @Override
    public void close() {
        List<Backend> toClose;
        synchronized (opened) {
            toClose = List.copyOf(opened.values());
            opened.clear();
        }
        for (Backend backend : toClose) {
            backend.close();
        }
    }

    private <T> Reading<T> start(
            BackendSettings settings, Set<Location> wanted, Deadline deadline, Question<T> question) {
        long startNanos = System.nanoTime();
        FutureTask<Map<Location, T>> task = new FutureTask<>(() -> {
            Map<Location, T> answers = question.ask(backend(settings), wanted, deadline);
            took.put(settings.name(), Duration.ofNanos(System.nanoTime() - startNanos));
            return answers;
        });
        Thread thread = new Thread(task, "fetch-" + settings.name());
        thread.setDaemon(true);
        thread.start();
        return new Reading<>(settings.name(), wanted, startNanos, task);
    }

    private static <T> Map<Location, T> await(Reading<T> reading, Deadline deadline, Function<Failure, T> failed) {
        try {
            return reading.task().get(deadline.remaining().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return allFailed(
                    reading.wanted(),
                    failed.apply(new Failure(
                            Failure.Kind.TIMED_OUT,
                            "the backend did not answer within the deadline",
                            "check that it can be reached, or raise timeout")));
        } catch (ExecutionException | InterruptedException e) {
            Throwable defect = e.getCause() == null ? e : e.getCause();
            return allFailed(reading.wanted(), failed.apply(Failure.defect(defect)));
        }
    }

    private static <T> Map<Location, T> allFailed(Set<Location> wanted, T failure) {
        Map<Location, T> failed = new HashMap<>();
        for (Location location : wanted) {
            failed.put(location, failure);
        }
        return failed;
    }

    private static Set<Location> locations(List<Entry> entries, String backend) {
        Set<Location> locations = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.name().backend().equals(backend)) {
                locations.add(location(entry));
            }
        }
        return locations;
    }
}
