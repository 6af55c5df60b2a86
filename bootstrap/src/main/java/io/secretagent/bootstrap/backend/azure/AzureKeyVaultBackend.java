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
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.backend.SideBySide;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Azure Key Vault: a request a secret, since it has no batch, and one token for all of them. */
public final class AzureKeyVaultBackend implements Backend {
    /** Below that a call each is less than the pages of a vault that others share. */
    private static final int FEWEST_TO_LIST = 10;

    private final BackendSettings.AzureKeyVault settings;
    private @Nullable Connection connection;
    private boolean listIsOfNoUse;

    /** Opens nothing yet: what is wrong with settings and logins is an outcome of the fetch. */
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

    /** By the list of all secrets, if that is not longer than what is wanted; else by the versions of each. */
    @Override
    public Map<Location, Polled> poll(Set<Location> wanted, Deadline deadline) {
        Map<Location, Polled> polled = new HashMap<>();
        if (wanted.size() >= FEWEST_TO_LIST && !listIsOfNoUse) {
            Map<String, String> marks = marks(wanted.size(), deadline);
            for (Location location : wanted) {
                String mark = marks.get(location.path().toLowerCase(Locale.ROOT));
                if (mark != null && location.version() == null) {
                    polled.put(location, new Polled.Marked(mark, false));
                }
            }
        }
        Set<Location> rest = new LinkedHashSet<>(wanted);
        rest.removeAll(polled.keySet());
        polled.putAll(ask(rest, deadline, SecretReader::poll, failure -> new Polled.Read(new Outcome.Failed(failure))));
        return polled;
    }

    /** None if the list has more pages than that, or is forbidden, which it then stays, or cannot be had. */
    private Map<String, String> marks(int pages, Deadline deadline) {
        try {
            Optional<Map<String, String>> marks = new Lister(connect(deadline), deadline).marks(pages);
            listIsOfNoUse = marks.isEmpty();
            return marks.orElse(Map.of());
        } catch (BackendException e) {
            listIsOfNoUse = e.failure().kind() == Failure.Kind.DENIED;
            return Map.of();
        } catch (NoTokenException e) {
            return Map.of();
        }
    }

    @Override
    public Listing list(String prefix, Deadline deadline) {
        try {
            return new Lister(connect(deadline), deadline).list(prefix);
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        }
    }

    @Override
    public void replace(Location location, Content content, Outcome.Found seen, Deadline deadline)
            throws BackendException {
        new SecretWriter(connect(deadline)).replace(location, ((Content.Bytes) content).value(), seen);
    }

    @Override
    public Location previous(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        return new SecretWriter(connect(deadline)).previous(location, seen);
    }

    @Override
    public String retire(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        new SecretWriter(connect(deadline)).disable(location, String.valueOf(seen.version()));
        return "disabled";
    }

    @Override
    public synchronized @Nullable String identity(Deadline deadline) {
        return connection == null ? null : connection.token().identity();
    }

    private <T> Map<Location, T> ask(
            Set<Location> wanted,
            Deadline deadline,
            BiFunction<SecretReader, Location, T> question,
            Function<Failure, T> failed) {
        // Opened by the first read: loading the SDK takes a second or more, which the deadline has to cover.
        FutureTask<SecretReader> reader = new FutureTask<>(() -> new SecretReader(connect(deadline), deadline));
        return SideBySide.ask(
                "azure-key-vault",
                wanted,
                deadline,
                location -> question.apply(opened(reader), location),
                failed,
                () -> Faults.TIMED_OUT);
    }

    private synchronized Connection connect(Deadline deadline) throws BackendException {
        if (connection == null) {
            connection = Connection.open(settings, deadline);
        }
        return connection.within(deadline);
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
