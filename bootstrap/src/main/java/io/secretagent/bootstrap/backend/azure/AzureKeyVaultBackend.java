package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.SideBySide;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Azure Key Vault: a request a secret, since it has no batch, and one token for all of them. */
public final class AzureKeyVaultBackend implements Backend {
    private final BackendSettings.AzureKeyVault settings;
    private volatile @Nullable SecretReader lastReader;

    /** Opens nothing yet: connections and tokens are the fetch's. */
    public static AzureKeyVaultBackend open(BackendSettings.AzureKeyVault settings) {
        return new AzureKeyVaultBackend(settings);
    }

    private AzureKeyVaultBackend(BackendSettings.AzureKeyVault settings) {
        this.settings = settings;
    }

    @Override
    public Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline) {
        return ask(wanted, deadline, SecretReader::read, Outcome.Failed::new);
    }

    @Override
    public Map<Location, Described> describe(Set<Location> wanted, Deadline deadline) {
        return ask(wanted, deadline, SecretReader::describe, Described.Failed::new);
    }

    @Override
    public Listing list(String prefix, Deadline deadline) {
        try {
            return Lister.open(settings, deadline).list(prefix);
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        }
    }

    @Override
    public void replace(Location location, Content content, Outcome.Found seen, Deadline deadline)
            throws BackendException {
        SecretWriter.open(settings, deadline).replace(location, ((Content.Bytes) content).value(), seen);
    }

    @Override
    public Location previous(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        return SecretWriter.open(settings, deadline).previous(location, seen);
    }

    @Override
    public @Nullable String identity(Deadline deadline) {
        SecretReader reader = lastReader;
        return reader == null ? null : reader.identity();
    }

    private <T> Map<Location, T> ask(
            Set<Location> wanted,
            Deadline deadline,
            BiFunction<SecretReader, Location, T> question,
            Function<Failure, T> failed) {
        // Opened by the first read: loading the SDK takes a second or more, which the deadline has to cover.
        FutureTask<SecretReader> reader = new FutureTask<>(() -> {
            SecretReader opened = SecretReader.open(settings, deadline);
            lastReader = opened;
            return opened;
        });
        return SideBySide.ask(
                "azure-key-vault",
                wanted,
                deadline,
                location -> question.apply(opened(reader), location),
                failed,
                () -> Faults.TIMED_OUT);
    }

    private static SecretReader opened(FutureTask<SecretReader> reader) throws BackendException {
        reader.run();
        try {
            return reader.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackendException failed) {
                throw failed;
            }
            throw new BackendException(Failure.defect(Faults.cause(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Faults.TIMED_OUT, e);
        }
    }
}
