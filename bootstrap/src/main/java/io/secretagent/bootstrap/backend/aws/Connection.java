package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * The SDK's client for one backend, and what its exceptions mean.
 *
 * @param place where it leads, as people are told
 */
record Connection(SecretsManagerClient client, Credentials credentials, String place) implements AutoCloseable {
    private static final Failure SETTINGS = new Failure(
                    Failure.Kind.INVALID,
                    "AWS's SDK does not take what is in its files or variables",
                    "check ~/.aws/config, ~/.aws/credentials and the AWS_ variables: aws configure list")
            .inGeneral();

    private static final Failure NO_HEADER = new Failure(
                    Failure.Kind.DENIED,
                    "no request can be made: a credential has characters that no header can have, or a proxy is none",
                    "check for line breaks in the access key id and the session token, and the proxy's settings")
            .inGeneral();

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** Of one call; twenty secrets of 64 KiB fit through a megabit a second. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(15);

    static Connection open(BackendSettings.AwsSecretsManager settings, Calls calls, Deadline deadline)
            throws BackendException, InterruptedException {
        Region region = Regions.find(settings, calls, deadline);
        URI endpoint = settings.endpoint();
        // Host and port alone: a user name and password in the address are not for showing.
        String place = endpoint == null
                ? "AWS Secrets Manager in " + region.id()
                : endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
        try {
            Credentials credentials = Credentials.of(settings.profile());
            return new Connection(client(region, endpoint, settings.profile(), credentials), credentials, place);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new BackendException(SETTINGS, e);
        }
    }

    /** Finds credentials, so that their absence is told apart from what goes wrong in a call. */
    void signIn(Calls calls, Deadline deadline) throws BackendException, InterruptedException {
        credentials.check(calls, deadline);
    }

    /** A call's time: what the deadline leaves. */
    AwsRequestOverrideConfiguration limits(Deadline deadline) throws BackendException {
        Duration remaining = deadline.remaining();
        if (remaining.isZero()) {
            throw new BackendException(Calls.late(), null);
        }
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(remaining.compareTo(CALL_LIMIT) < 0 ? remaining : CALL_LIMIT)
                .build();
    }

    /** One call of the SDK's client. */
    @FunctionalInterface
    interface Call<T> {
        T to(SecretsManagerClient client);
    }

    /**
     * Makes a call.
     *
     * @param secret that it is for, as people are told
     * @throws BackendException what a failed call for this secret comes to, with the SDK's exception as its cause
     */
    <T> T call(String secret, Deadline deadline, Call<T> call) throws BackendException {
        try {
            return call.to(client);
        } catch (AwsServiceException e) {
            throw new BackendException(Refusal.of(e).failure(secret, place), e);
        } catch (IllegalArgumentException e) {
            throw new BackendException(NO_HEADER, e);
        } catch (StackOverflowError e) {
            // HttpURLConnection takes an answer of 100 for the head of another, in a recursion.
            throw new BackendException(Faults.notFromAws(place), e);
        } catch (SdkClientException | UncheckedIOException e) {
            // The second is HttpURLConnection's own of an answer that is no HTTP, which comes as it is.
            throw new BackendException(Faults.failure(e, place, deadline), e);
        }
    }

    @Override
    public void close() {
        client.close();
        credentials.close();
    }

    private static SecretsManagerClient client(
            Region region, @Nullable URI endpoint, @Nullable String profile, Credentials credentials) {
        // Everything that is known is set, since the SDK looks for what is not in the environment and the profile
        // files, and by ServiceLoader for a transport. LEGACY is the one mode that needs no look at where it runs.
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .region(region)
                .credentialsProvider(credentials.provider())
                .defaultsMode(DefaultsMode.LEGACY)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_LIMIT)
                        .socketTimeout(CALL_LIMIT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        // Retry is the house's one policy. Two on top of each other would multiply.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .defaultProfileName(profile)
                        .build());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }
}
