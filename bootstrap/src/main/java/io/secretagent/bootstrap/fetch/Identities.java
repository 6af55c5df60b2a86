package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Trace;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Who the backends take us for, asked side by side and for a moment only. */
final class Identities {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /**
     * Asks.
     *
     * @param backends by name, each of which was asked for secrets
     * @return by name, for those that tell it
     */
    static Map<String, String> of(Map<String, Backend> backends) {
        Deadline deadline = Deadline.after(LIMIT);
        Map<String, FutureTask<@Nullable String>> asked = new LinkedHashMap<>();
        backends.forEach((name, backend) -> {
            FutureTask<@Nullable String> task = new FutureTask<>(() -> backend.identity(deadline));
            Thread thread = new Thread(task, "identity-" + name);
            thread.setDaemon(true);
            thread.start();
            asked.put(name, task);
        });
        Map<String, String> identities = new HashMap<>();
        asked.forEach((name, task) -> {
            String identity = await(task, deadline);
            if (identity != null) {
                identities.put(name, identity);
            }
        });
        return identities;
    }

    private static @Nullable String await(FutureTask<@Nullable String> task, Deadline deadline) {
        try {
            return task.get(deadline.remaining().plus(Fetch.GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            Trace.print(e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Identities() {}
}
