package io.secretagent.bootstrap.backend.vault;

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
import io.secretagent.bootstrap.backend.Upkeep;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code type: vault}: one login, one look at each mount, one read for each path. */
public final class VaultBackend implements Backend {
    private final BackendSettings.Vault settings;
    private final Map<String, String> environment;
    private final Mounts mounts = new Mounts();
    private @Nullable Session session;

    /** What a reader is asked about a location. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(SecretReader reader, Location location) throws BackendException;
    }

    /** Opens nothing yet: what is wrong with files and servers is an outcome of the fetch. */
    public static VaultBackend open(BackendSettings.Vault settings, Map<String, String> environment) {
        return new VaultBackend(settings, environment);
    }

    private VaultBackend(BackendSettings.Vault settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline) {
        Map<Location, Outcome> outcomes = ask(wanted, deadline, SecretReader::read, Outcome.Failed::new);
        if (outcomes.values().stream().anyMatch(Outcome.Failed.class::isInstance)) {
            mounts.forget();
        }
        return outcomes;
    }

    @Override
    public Map<Location, Described> describe(Set<Location> wanted, Deadline deadline) {
        return ask(wanted, deadline, SecretReader::describe, Described.Failed::new);
    }

    @Override
    public Map<Location, Polled> poll(Set<Location> wanted, Deadline deadline) {
        return ask(wanted, deadline, SecretReader::poll, failure -> new Polled.Read(new Outcome.Failed(failure)));
    }

    @Override
    public Upkeep renew(Deadline deadline) {
        Session held = session;
        if (held == null) {
            return Upkeep.NONE;
        }
        return new Renewal(held, new Attempts(deadline, settings.address())).run();
    }

    @Override
    public Listing list(String prefix, Deadline deadline) {
        try {
            return new Lister(session(), settings.kvVersion(), new Attempts(deadline, settings.address())).list(prefix);
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        }
    }

    @Override
    public void replace(Location location, Content content, Outcome.Found seen, Deadline deadline)
            throws BackendException {
        writer(deadline).replace(location, ((Content.Fields) content).fields(), seen);
    }

    @Override
    public Location previous(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        return SecretWriter.previous(location, seen);
    }

    @Override
    public @Nullable String retire(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        return writer(deadline).delete(location, seen) ? "deleted" : null;
    }

    @Override
    public @Nullable String identity(Deadline deadline) {
        return session == null ? null : session.accessor(deadline);
    }

    /** Revokes the tokens that logins obtained; a given token is left alone. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    private <T> Map<Location, T> ask(
            Set<Location> wanted, Deadline deadline, Question<T> question, Function<Failure, T> failed) {
        Attempts attempts = new Attempts(deadline, settings.address());
        SecretReader reader;
        try {
            reader = new SecretReader(session(), settings.kvVersion(), mounts, attempts);
        } catch (BackendException e) {
            Map<Location, T> answers = new LinkedHashMap<>();
            wanted.forEach(location -> answers.put(location, failed.apply(e.failure())));
            return answers;
        }
        return SideBySide.ask(
                "vault-read", wanted, deadline, location -> question.ask(reader, location), failed, attempts::timedOut);
    }

    private SecretWriter writer(Deadline deadline) throws BackendException {
        Attempts attempts = new Attempts(deadline, settings.address());
        return new SecretWriter(
                new Requests(session(), attempts), new SecretReader(session(), settings.kvVersion(), mounts, attempts));
    }

    private Session session() throws BackendException {
        if (session == null) {
            session = new Session(VaultServer.of(settings), settings.auth(), environment);
        }
        return session;
    }
}
