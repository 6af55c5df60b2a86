package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Reads current versions by BatchGetSecretValue, for as long as the caller may use it and the server knows it. */
final class BatchReader {
    private final Connection connection;
    private final Deadline deadline;
    private volatile boolean refused;

    BatchReader(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** Whether this caller may not use it, or this server does not know it. */
    boolean isRefused() {
        return refused;
    }

    /**
     * Reads at most twenty.
     *
     * @return what was settled; the rest, which may be all, is to be read one by one
     * @throws BackendException if it would be no better one by one
     */
    Map<Location, Outcome> read(List<Location> asked) throws BackendException {
        Map<Location, Outcome> settled = new HashMap<>();
        if (refused) {
            return settled;
        }
        BatchGetSecretValueRequest.Builder request = BatchGetSecretValueRequest.builder()
                .secretIdList(asked.stream().map(Location::path).toList());
        try {
            @Nullable String next = null;
            @Nullable String before;
            do {
                before = next;
                request.overrideConfiguration(connection.limits(deadline));
                BatchGetSecretValueRequest asks = request.build();
                BatchGetSecretValueResponse page =
                        connection.call("the mapping's secrets", deadline, client -> client.batchGetSecretValue(asks));
                settle(asked, page, settled);
                next = page.nextToken();
                request.nextToken(next);
            } while (next != null && !next.equals(before));
            return settled;
        } catch (BackendException failed) {
            if (!(failed.getCause() instanceof AwsServiceException answered)) {
                throw failed;
            }
            Refusal refusal = Refusal.of(answered);
            if (!refusal.concernsOperation()
                    && (refusal.concernsIdentity() || failed.failure().kind().isTransient())) {
                throw failed;
            }
            // Batch is granted apart from GetSecretValue, and on "*" only, so policies often lack it; older servers
            // do not know it; and one odd id must not take nineteen good ones with it.
            refused |= refusal.concernsOperation();
            return settled;
        }
    }

    private void settle(List<Location> asked, BatchGetSecretValueResponse page, Map<Location, Outcome> settled)
            throws BackendException {
        if (page.secretValues().contains(null) || page.errors().contains(null)) {
            throw new BackendException(Faults.notFromAws(connection.place()), null);
        }
        for (SecretValueEntry entry : page.secretValues()) {
            @Nullable Outcome found =
                    Values.found(entry.secretString(), entry.secretBinary(), entry.versionId(), entry.createdDate());
            for (Location location : asked) {
                if (found != null && SecretId.matches(location.path(), entry.name(), entry.arn())) {
                    settled.put(location, found);
                }
            }
        }
        for (APIErrorType error : page.errors()) {
            Refusal refusal = new Refusal(error.errorCode(), 0, error.message());
            for (Location location : asked) {
                Failure failure = refusal.failure(location.path(), connection.place());
                if (!failure.kind().isTransient() && SecretId.matches(location.path(), error.secretId(), null)) {
                    settled.put(location, new Outcome.Failed(failure));
                }
            }
        }
    }
}
