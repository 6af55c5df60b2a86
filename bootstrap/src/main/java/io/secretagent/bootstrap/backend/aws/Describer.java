package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Retry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/** Asks about secrets by DescribeSecret, which knows no value. Any number of threads may use it. */
final class Describer {
    private static final String CURRENT = "AWSCURRENT";

    private final Connection connection;
    private final Deadline deadline;

    Describer(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    Described describe(Location location) throws BackendException {
        if (!SecretId.isLegal(location.path())) {
            return new Described.Failed(SecretId.illegal());
        }
        DescribeSecretResponse secret = Retry.within(deadline, () -> call(location));
        if (secret.deletedDate() != null) {
            return new Described.Failed(new Failure(
                    Failure.Kind.DISABLED,
                    "marked for deletion",
                    "aws secretsmanager restore-secret, or another name"));
        }
        String version = version(location, secret.versionIdsToStages());
        if (version == null) {
            return new Described.Failed(new Failure(
                    Failure.Kind.NOT_FOUND, "there is no such version of it", "mend version: or stage: of the entry"));
        }
        // The one date that it has is the secret's, and says nothing about a version that is not the current one.
        boolean current = location.version() == null && location.stage() == null;
        return new Described.Known(version, current ? secret.lastChangedDate() : null, null);
    }

    private DescribeSecretResponse call(Location location) throws BackendException {
        DescribeSecretRequest request = DescribeSecretRequest.builder()
                .secretId(location.path())
                .overrideConfiguration(connection.limits(deadline))
                .build();
        DescribeSecretResponse secret =
                connection.call(location.path(), deadline, client -> client.describeSecret(request));
        if (secret.arn() == null) {
            throw new BackendException(Faults.notFromAws(connection.place()), null);
        }
        return secret;
    }

    private static @Nullable String version(Location location, Map<String, List<String>> stages) {
        if (location.version() != null) {
            return stages.containsKey(location.version()) ? location.version() : null;
        }
        String stage = location.stage() == null ? CURRENT : location.stage();
        for (Map.Entry<String, List<String>> version : stages.entrySet()) {
            if (version.getValue().contains(stage)) {
                return version.getKey();
            }
        }
        return null;
    }
}
