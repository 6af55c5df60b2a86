package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Azure Key Vault: a request a secret, since it has no batch, and one token for all of them. */
public final class AzureKeyVaultBackend implements Backend {
    /** What one vault answers side by side without throttling others who read it. */
    private static final int REQUESTS_AT_ONCE = 8;

    private final BackendSettings.AzureKeyVault settings;

    /** Opens nothing yet: connections and tokens are the fetch's. */
    public static AzureKeyVaultBackend open(BackendSettings.AzureKeyVault settings) {
        return new AzureKeyVaultBackend(settings);
    }

    private AzureKeyVaultBackend(BackendSettings.AzureKeyVault settings) {
        this.settings = settings;
    }

    @Override
    public Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline) {
        Map<Location, Outcome> outcomes = new LinkedHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(REQUESTS_AT_ONCE, AzureKeyVaultBackend::daemon);
        try {
            // Opened in the pool too: loading the SDK takes a second or more, which the deadline has to cover.
            Future<SecretReader> reader = pool.submit(() -> SecretReader.open(settings, deadline));
            Map<Location, Future<Outcome>> answers = new LinkedHashMap<>();
            wanted.forEach(location -> answers.put(location, pool.submit(() -> read(reader, location))));
            answers.forEach((location, answer) -> outcomes.put(location, await(answer, deadline)));
        } finally {
            pool.shutdownNow();
        }
        return outcomes;
    }

    private static Outcome read(Future<SecretReader> reader, Location location) throws InterruptedException {
        try {
            return reader.get().read(location);
        } catch (ExecutionException e) {
            return new Outcome.Failed(
                    e.getCause() instanceof BackendException failed
                            ? failed.failure()
                            : Faults.internal(Faults.cause(e)));
        }
    }

    /**
     * Waits here and not in the HTTP client, whose own timeouts end with an answer's headers (JDK-8208693): a body that
     * comes a byte a second would pass them all.
     */
    private static Outcome await(Future<Outcome> answer, Deadline deadline) {
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Failed(Faults.TIMED_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(Faults.TIMED_OUT);
        } catch (ExecutionException e) {
            return new Outcome.Failed(Faults.internal(Faults.cause(e)));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "azure-key-vault");
        thread.setDaemon(true);
        return thread;
    }
}
