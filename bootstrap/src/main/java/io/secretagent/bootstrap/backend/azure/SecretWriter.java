package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The write of a rotation: a new version. Key Vault has no way to refuse it when somebody else was faster, so that is
 * looked for before; every version stays, and no write loses one.
 */
final class SecretWriter {
    private final SecretClient client;

    SecretWriter(Connection connection) {
        this.client = connection.client();
    }

    void replace(Location location, byte[] content, Outcome.Found seen) throws BackendException {
        try {
            SecretProperties current = client.getSecret(location.path()).getProperties();
            if (!current.getVersion().equals(seen.version())) {
                throw failure(Failure.Kind.CONFLICT, "somebody else has changed it", "look at it, and start again");
            }
            // The dates are those of a version, and its content type and tags are the secret's.
            client.setSecret(new KeyVaultSecret(location.path(), new String(content, UTF_8))
                    .setProperties(new SecretProperties()
                            .setContentType(current.getContentType())
                            .setTags(current.getTags())));
        } catch (NoTokenException e) {
            throw new BackendException(e.failure(), e);
        } catch (RuntimeException e) {
            throw VaultFaults.translate(e);
        }
    }

    /** Nobody can read a version that is disabled, until somebody enables it again. */
    void disable(Location location, String version) throws BackendException {
        try {
            SecretProperties old = client.getSecret(location.path(), version).getProperties();
            client.updateSecretProperties(old.setEnabled(false));
        } catch (NoTokenException e) {
            throw new BackendException(e.failure(), e);
        } catch (RuntimeException e) {
            throw VaultFaults.translate(e);
        }
    }

    /** The newest enabled version that was made before the one that was seen. */
    Location previous(Location location, Outcome.Found seen) throws BackendException {
        List<SecretProperties> versions = new ArrayList<>();
        try {
            client.listPropertiesOfSecretVersions(location.path()).forEach(versions::add);
        } catch (NoTokenException e) {
            throw new BackendException(e.failure(), e);
        } catch (RuntimeException e) {
            throw VaultFaults.translate(e);
        }
        @Nullable SecretProperties previous = versions.stream()
                .filter(version -> !version.getVersion().equals(seen.version())
                        && Boolean.TRUE.equals(version.isEnabled())
                        && SecretReader.made(version) != null)
                .max(Comparator.comparing(SecretReader::made, Comparator.nullsFirst(Comparator.naturalOrder())))
                .orElse(null);
        if (previous == null) {
            throw failure(Failure.Kind.NOT_FOUND, "it has no other enabled version", "enable the one to go back to");
        }
        return new Location(location.path(), previous.getVersion(), null);
    }

    private static BackendException failure(Failure.Kind kind, String why, String mend) {
        return new BackendException(new Failure(kind, why, mend), null);
    }
}
