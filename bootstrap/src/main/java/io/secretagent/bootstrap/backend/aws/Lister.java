package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Retry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** Lists secrets by ListSecrets, which knows no value, a hundred a call. */
final class Lister {
    private static final int PAGE_SIZE = 100;
    private static final String CURRENT = "AWSCURRENT";

    private final Connection connection;
    private final Deadline deadline;

    Lister(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    Listing list(String prefix) throws BackendException {
        ListedNames names = new ListedNames(prefix);
        String next = null;
        do {
            ListSecretsResponse page = page(prefix, next);
            page.secretList().forEach(secret -> add(secret, names));
            next = page.nextToken();
        } while (next != null && !names.isFull());
        return names.listing();
    }

    private ListSecretsResponse page(String prefix, @Nullable String token) throws BackendException {
        ListSecretsRequest.Builder request =
                ListSecretsRequest.builder().maxResults(PAGE_SIZE).nextToken(token);
        // The filter takes no other characters, and one that begins with ! for its opposite.
        if (SecretId.isLegal(prefix) && !prefix.startsWith("!")) {
            request.filters(Filter.builder()
                    .key(FilterNameStringType.NAME)
                    .values(prefix)
                    .build());
        }
        return Retry.within(deadline, () -> {
            ListSecretsRequest asks =
                    request.overrideConfiguration(connection.limits(deadline)).build();
            ListSecretsResponse page;
            try {
                page = connection.call("*", deadline, client -> client.listSecrets(asks));
            } catch (BackendException e) {
                throw inOurWords(e);
            }
            if (!page.hasSecretList()
                    || page.secretList().stream().anyMatch(secret -> secret == null || secret.name() == null)) {
                throw new BackendException(Faults.notFromAws(connection.place()), null);
            }
            return page;
        });
    }

    private static void add(SecretListEntry secret, ListedNames names) {
        if (secret.deletedDate() != null) {
            names.leaveOut(secret.name(), "marked for deletion");
            return;
        }
        String version = secret.secretVersionsToStages().entrySet().stream()
                .filter(stages -> stages.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (version == null && secret.hasSecretVersionsToStages()) {
            names.leaveOut(secret.name(), "has no current version");
        } else {
            names.add(secret.name(), new Described.Known(version, secret.lastChangedDate(), null));
        }
    }

    private static BackendException inOurWords(BackendException failed) {
        if (failed.getCause() instanceof AwsServiceException answered
                && Refusal.of(answered).concernsOperation()) {
            // No policy can narrow it: the operation has no resource.
            return new BackendException(
                    new Failure(
                            Failure.Kind.DENIED,
                            "listing is denied by policy",
                            "allow secretsmanager:ListSecrets on Resource \"*\" to this identity"),
                    answered);
        }
        return failed;
    }
}
