package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Reads one location by GetSecretValue. */
final class SingleReader {
    private final Connection connection;
    private final Deadline deadline;

    SingleReader(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** Reads the one location of the list. */
    Map<Location, Outcome> read(List<Location> asked) throws BackendException {
        Location location = asked.get(0);
        GetSecretValueRequest request = GetSecretValueRequest.builder()
                .secretId(location.path())
                .versionId(location.version())
                .versionStage(stage(location))
                .overrideConfiguration(connection.limits(deadline))
                .build();
        GetSecretValueResponse answer =
                connection.call(location.path(), deadline, client -> client.getSecretValue(request));
        @Nullable Outcome found =
                Values.found(answer.secretString(), answer.secretBinary(), answer.versionId(), answer.createdDate());
        if (found == null) {
            throw new BackendException(Faults.notFromAws(connection.place()), null);
        }
        return Map.of(location, found);
    }

    /** What AWS takes where nothing is said, said: moto does not move that with the stage. */
    private static @Nullable String stage(Location location) {
        return location.version() == null && location.stage() == null ? "AWSCURRENT" : location.stage();
    }
}
