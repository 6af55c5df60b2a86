package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Who AWS takes us for. GetCallerIdentity takes no permission, but a way to STS, which a closed network may lack; then it
 * is the id of the access key, which CloudTrail has as well.
 */
final class Identity {

    static @Nullable String of(Connection connection, Calls calls, Deadline deadline) throws InterruptedException {
        Duration limit = deadline.remaining();
        try {
            return calls.call(() -> callerIdentity(connection, limit), limit, Calls.late());
        } catch (BackendException e) {
            return accessKey(connection, calls, deadline);
        }
    }

    private static String callerIdentity(Connection connection, Duration limit) {
        try (StsClient sts = StsClient.builder()
                .region(connection.client().serviceClientConfiguration().region())
                .credentialsProvider(connection.credentials().provider())
                .defaultsMode(DefaultsMode.LEGACY)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(limit)
                        .socketTimeout(limit))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .defaultProfileName(connection.credentials().profile())
                        .build())
                .build()) {
            return sts.getCallerIdentity().arn();
        }
    }

    private static @Nullable String accessKey(Connection connection, Calls calls, Deadline deadline)
            throws InterruptedException {
        try {
            // The provider has them already; the little time is for one that asks again all the same.
            Duration limit = deadline.remaining().plusMillis(100);
            return calls.call(
                    () -> "access-key "
                            + connection
                                    .credentials()
                                    .provider()
                                    .resolveCredentials()
                                    .accessKeyId(),
                    limit,
                    Calls.late());
        } catch (BackendException e) {
            return null;
        }
    }

    private Identity() {}
}
