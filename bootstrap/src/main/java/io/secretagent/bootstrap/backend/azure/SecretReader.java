package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.backend.Retry;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads secrets of one vault for the length of one fetch. Any number of threads may use it. */
final class SecretReader {
    private final SecretClient client;
    private final Deadline deadline;

    SecretReader(Connection connection, Deadline deadline) {
        this.client = connection.client();
        this.deadline = deadline;
    }

    Outcome read(Location location) {
        Failure refused = Names.check(location);
        if (refused != null) {
            return new Outcome.Failed(refused);
        }
        try {
            return outcome(Retry.within(deadline, () -> request(location)));
        } catch (BackendException e) {
            return new Outcome.Failed(e.failure());
        } catch (NoTokenException e) {
            return new Outcome.Failed(e.failure());
        }
    }

    /** By the list of its versions, which has no values; where that is not allowed, by reading it. */
    Described describe(Location location) {
        Failure refused = Names.check(location);
        if (refused != null) {
            return new Described.Failed(refused);
        }
        try {
            SecretProperties version = Retry.within(deadline, () -> version(location));
            Failure outsideItsDates = outsideItsDates(version, Instant.now());
            return outsideItsDates != null
                    ? new Described.Failed(outsideItsDates)
                    : new Described.Known(version.getVersion(), made(version), null);
        } catch (BackendException e) {
            return e.failure().kind() == Failure.Kind.DENIED
                    ? Described.of(read(location), "List on the vault's secrets")
                    : new Described.Failed(e.failure());
        } catch (NoTokenException e) {
            return new Described.Failed(e.failure());
        }
    }

    /** By the list of its versions; one that cannot be served, and all where that is not allowed, by reading it. */
    Polled poll(Location location) {
        if (Names.check(location) == null) {
            try {
                SecretProperties version = Retry.within(deadline, () -> version(location));
                if (!Boolean.FALSE.equals(version.isEnabled()) && outsideItsDates(version, Instant.now()) == null) {
                    return new Polled.Marked(version.getVersion(), true);
                }
            } catch (BackendException e) {
                if (e.failure().kind() != Failure.Kind.DENIED) {
                    return new Polled.Read(new Outcome.Failed(e.failure()));
                }
            } catch (NoTokenException e) {
                return new Polled.Read(new Outcome.Failed(e.failure()));
            }
        }
        return new Polled.Read(read(location));
    }

    /** The asked version, or the newest, which is the current one. */
    private SecretProperties version(Location location) throws BackendException {
        SecretProperties newest = null;
        try {
            for (SecretProperties version : client.listPropertiesOfSecretVersions(location.path())) {
                boolean asked = location.version() == null
                        ? newest == null || isAfter(made(version), made(newest))
                        : location.version().equals(version.getVersion());
                newest = asked ? version : newest;
            }
        } catch (NoTokenException e) {
            throw e;
        } catch (RuntimeException e) {
            throw VaultFaults.translate(e);
        }
        if (newest == null) {
            throw new BackendException(VaultFaults.NO_SUCH_SECRET, null);
        }
        if (newest.getVersion() == null) {
            throw new BackendException(VaultFaults.NOT_A_VAULT, null);
        }
        return newest;
    }

    private static boolean isAfter(@Nullable Instant one, @Nullable Instant other) {
        return one != null && (other == null || one.isAfter(other));
    }

    static @Nullable Instant made(SecretProperties version) {
        OffsetDateTime made = version.getCreatedOn() != null ? version.getCreatedOn() : version.getUpdatedOn();
        return made == null ? null : made.toInstant();
    }

    private KeyVaultSecret request(Location location) throws BackendException {
        try {
            return client.getSecretWithResponse(location.path(), location.version(), Context.NONE)
                    .getValue();
        } catch (NoTokenException e) {
            throw e;
        } catch (RuntimeException e) {
            throw VaultFaults.translate(e);
        }
    }

    private static Outcome outcome(KeyVaultSecret secret) {
        String value = secret == null ? null : secret.getValue();
        if (value == null) {
            return new Outcome.Failed(VaultFaults.NOT_A_VAULT);
        }
        SecretProperties properties = secret.getProperties();
        Failure outsideItsDates = outsideItsDates(properties, Instant.now());
        if (outsideItsDates != null) {
            return new Outcome.Failed(outsideItsDates);
        }
        return new Outcome.Found(
                new Content.Bytes(value.getBytes(UTF_8), Content.Format.JSON),
                properties.getVersion(),
                made(properties));
    }

    /** Key Vault's dates are advice: it serves an expired secret, and one that is not valid yet. */
    static @Nullable Failure outsideItsDates(SecretProperties properties, Instant now) {
        OffsetDateTime expires = properties.getExpiresOn();
        if (expires != null && expires.toInstant().isBefore(now)) {
            return new Failure(
                    Failure.Kind.DISABLED,
                    "expired on " + expires.toLocalDate(),
                    "set a new version, or a later expiration date");
        }
        OffsetDateTime begins = properties.getNotBefore();
        if (begins != null && begins.toInstant().isAfter(now)) {
            return new Failure(
                    Failure.Kind.DISABLED,
                    "not valid before " + begins.toInstant(),
                    "wait until then, or set an earlier activation date");
        }
        return null;
    }
}
