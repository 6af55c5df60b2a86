package io.secretagent.bootstrap.backend.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Retry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists the secrets of a vault, page by page; the list has no values. */
final class Lister {
    private final SecretClient client;
    private final Deadline deadline;

    Lister(Connection connection, Deadline deadline) {
        this.client = connection.client();
        this.deadline = deadline;
    }

    Listing list(String prefix) {
        try {
            return Retry.within(deadline, () -> attempt(prefix));
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        } catch (NoTokenException e) {
            return new Listing.Failed(e.failure());
        }
    }

    private Listing attempt(String prefix) throws BackendException {
        ListedNames names = new ListedNames(prefix);
        try {
            for (SecretProperties secret : client.listPropertiesOfSecrets()) {
                if (names.isFull()) {
                    break;
                }
                add(secret, names);
            }
        } catch (NoTokenException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
        return names.listing();
    }

    /**
     * What tells the current version of each secret from another, by its name in lower case: the list has no versions.
     *
     * @param pages the most that may be asked for
     * @return empty if there are more
     */
    Optional<Map<String, String>> marks(int pages) throws BackendException {
        return Retry.within(deadline, () -> attempt(pages));
    }

    private Optional<Map<String, String>> attempt(int pages) throws BackendException {
        Map<String, String> marks = new HashMap<>();
        int page = 0;
        try {
            for (PagedResponse<SecretProperties> next :
                    client.listPropertiesOfSecrets().iterableByPage()) {
                if (++page > pages) {
                    return Optional.empty();
                }
                next.getValue().forEach(secret -> marks.put(name(secret), mark(secret)));
            }
            return Optional.of(marks);
        } catch (NoTokenException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static String name(SecretProperties secret) {
        return secret.getName().toLowerCase(Locale.ROOT);
    }

    private static String mark(SecretProperties secret) {
        return secret.getCreatedOn() + " " + secret.getUpdatedOn() + " " + secret.isEnabled() + " "
                + secret.getNotBefore() + " " + secret.getExpiresOn();
    }

    private static void add(SecretProperties secret, ListedNames names) {
        Failure outsideItsDates = SecretReader.outsideItsDates(secret, Instant.now());
        if (Boolean.FALSE.equals(secret.isEnabled())) {
            names.leaveOut(secret.getName(), "disabled");
        } else if (Boolean.TRUE.equals(secret.isManaged())) {
            names.leaveOut(secret.getName(), "belongs to a certificate of that name, which Key Vault manages");
        } else if (outsideItsDates != null) {
            names.leaveOut(secret.getName(), outsideItsDates.why());
        } else {
            names.add(secret.getName(), new Described.Known(null, SecretReader.made(secret), null));
        }
    }

    private static BackendException failed(RuntimeException e) {
        BackendException failed = VaultFaults.translate(e);
        Failure failure = failed.failure();
        return failure.why().startsWith("denied by")
                ? new BackendException(
                        new Failure(
                                failure.kind(),
                                "listing is " + failure.why(),
                                "allow List on secrets in the access policy, or grant the role \"Key Vault Secrets"
                                        + " User\" on the vault"),
                        e)
                : failed;
    }
}
