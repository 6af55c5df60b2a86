package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;

/**
 * The write of a rotation, in the order of AWS's own rotation functions: the new version is stored as AWSPENDING, which
 * nobody reads, and then AWSCURRENT is moved to it from the version that was seen. AWS refuses the move if that version
 * has lost AWSCURRENT meanwhile, and makes it AWSPREVIOUS otherwise.
 */
final class SecretWriter {
    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";
    private static final String PREVIOUS = "AWSPREVIOUS";

    private final Connection connection;
    private final Deadline deadline;

    SecretWriter(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /**
     * Stores and moves.
     *
     * @param text whether the store is to hold it as text, as it held what was seen
     */
    void replace(Location location, byte[] content, boolean text, Outcome.Found seen) throws BackendException {
        String pending = put(location, content, text);
        move(location, pending, String.valueOf(seen.version()));
    }

    /** Takes AWSPREVIOUS from a version, which is then found by its id alone until AWS deletes it. */
    void retire(Location location, String version) throws BackendException {
        UpdateSecretVersionStageRequest request = UpdateSecretVersionStageRequest.builder()
                .secretId(location.path())
                .versionStage(PREVIOUS)
                .removeFromVersionId(version)
                .overrideConfiguration(connection.limits(deadline))
                .build();
        connection.call(location.path(), deadline, client -> client.updateSecretVersionStage(request));
    }

    private String put(Location location, byte[] content, boolean text) throws BackendException {
        PutSecretValueRequest.Builder request = PutSecretValueRequest.builder()
                .secretId(location.path())
                .versionStages(PENDING)
                .overrideConfiguration(connection.limits(deadline));
        SdkBytes bytes = SdkBytes.fromByteArrayUnsafe(content);
        PutSecretValueRequest put =
                (text ? request.secretString(bytes.asUtf8String()) : request.secretBinary(bytes)).build();
        return connection
                .call(location.path(), deadline, client -> client.putSecretValue(put))
                .versionId();
    }

    private void move(Location location, String to, String from) throws BackendException {
        UpdateSecretVersionStageRequest request = UpdateSecretVersionStageRequest.builder()
                .secretId(location.path())
                .versionStage(CURRENT)
                .moveToVersionId(to)
                .removeFromVersionId(from)
                .overrideConfiguration(connection.limits(deadline))
                .build();
        try {
            connection.call(location.path(), deadline, client -> client.updateSecretVersionStage(request));
        } catch (BackendException e) {
            if (e.getCause() instanceof InvalidParameterException) {
                throw new BackendException(
                        new Failure(
                                Failure.Kind.CONFLICT, "somebody else has changed it", "look at it, and start again"),
                        e.getCause());
            }
            throw e;
        }
    }
}
