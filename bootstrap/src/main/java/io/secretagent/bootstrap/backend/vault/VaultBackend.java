package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.SideBySide;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code type: vault}: one login, one look at each mount, one read for each path. */
public final class VaultBackend implements Backend {
    private final BackendSettings.Vault settings;
    private final Map<String, String> environment;
    private @Nullable Session session;

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
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Session opened;
        try {
            opened = session();
        } catch (BackendException e) {
            return allFailed(wanted, e.failure());
        }
        Attempts attempts = new Attempts(deadline, settings.address());
        SecretReader reader = new SecretReader(opened, settings.kvVersion(), attempts);
        return SideBySide.read("vault-read", wanted, deadline, reader::read, attempts::timedOut);
    }

    /** Revokes the tokens that logins obtained; a given token is left alone. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    private Session session() throws BackendException {
        if (session == null) {
            session = new Session(VaultServer.of(settings), settings.auth(), environment);
        }
        return session;
    }

    private static Map<Location, Outcome> allFailed(Set<Location> wanted, Failure failure) {
        Map<Location, Outcome> outcomes = new LinkedHashMap<>();
        wanted.forEach(location -> outcomes.put(location, new Outcome.Failed(failure)));
        return outcomes;
    }
}
