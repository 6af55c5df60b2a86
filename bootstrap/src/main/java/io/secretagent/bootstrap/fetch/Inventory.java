package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What backends have, asked side by side and within one deadline. */
public final class Inventory {

    /**
     * Lists the names below a prefix.
     *
     * @param environment where a backend finds its credentials
     * @return a listing for each backend, by its name
     */
    public static Map<String, Listing> of(
            Collection<BackendSettings> backends, String prefix, Map<String, String> environment, Deadline deadline) {
        Map<String, FutureTask<Listing>> asked = new LinkedHashMap<>();
        for (BackendSettings settings : backends) {
            FutureTask<Listing> task = new FutureTask<>(() -> {
                try (Backend backend = Backends.open(settings, environment)) {
                    return backend.list(prefix, deadline);
                }
            });
            Thread thread = new Thread(task, "list-" + settings.name());
            thread.setDaemon(true);
            thread.start();
            asked.put(settings.name(), task);
        }
        Map<String, Listing> listings = new LinkedHashMap<>();
        asked.forEach((name, task) -> listings.put(name, await(task, deadline)));
        return listings;
    }

    private static Listing await(FutureTask<Listing> task, Deadline deadline) {
        try {
            return task.get(deadline.remaining().plus(Fetch.GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Listing.Failed(new Failure(
                    Failure.Kind.TIMED_OUT,
                    "the backend did not answer in time",
                    "check that it can be reached, or narrow it with a prefix"));
        } catch (ExecutionException | InterruptedException e) {
            return new Listing.Failed(Failure.defect(e.getCause() == null ? e : e.getCause()));
        }
    }

    private Inventory() {}
}
