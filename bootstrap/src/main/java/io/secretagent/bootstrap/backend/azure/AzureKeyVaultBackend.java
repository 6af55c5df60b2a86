package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.SideBySide;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Azure Key Vault: a request a secret, since it has no batch, and one token for all of them. */
public final class AzureKeyVaultBackend implements Backend {
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
        // Opened by the first read: loading the SDK takes a second or more, which the deadline has to cover.
        FutureTask<SecretReader> reader = new FutureTask<>(() -> SecretReader.open(settings, deadline));
        return SideBySide.read(
                "azure-key-vault", wanted, deadline, location -> read(reader, location), () -> Faults.TIMED_OUT);
    }

    private static Outcome read(FutureTask<SecretReader> reader, Location location) throws BackendException {
        reader.run();
        try {
            return reader.get().read(location);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackendException failed) {
                throw failed;
            }
            return new Outcome.Failed(Failure.defect(Faults.cause(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(Faults.TIMED_OUT);
        }
    }
}
