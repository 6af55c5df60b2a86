package io.secretagent.bootstrap.backend.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Place;
import io.secretagent.bootstrap.testing.MotoServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An identity of the tests' own, by system properties that are put back; and the backend, asked once. */
final class Aws implements BeforeEachCallback, AfterEachCallback {
    /** In every value, credential and error message of these tests, and never in what people are told. */
    static final String CANARY = "canary-7f3a";

    static final String REGION = "us-east-1";
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofSeconds(4);

    private Properties before = new Properties();

    @Override
    public void beforeEach(ExtensionContext context) {
        before = new Properties();
        before.putAll(System.getProperties());
        System.setProperty("aws.accessKeyId", "AKIA" + CANARY);
        System.setProperty("aws.secretAccessKey", CANARY);
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.sharedCredentialsFile", "/nonexistent/credentials");
        System.setProperty("aws.configFile", "/nonexistent/config");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setProperties(before);
    }

    void signOut() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    /** Who puts the secrets there; to be closed. */
    static SecretsManagerClient owner(MotoServer moto) {
        return SecretsManagerClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.of(REGION))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static BackendSettings.AwsSecretsManager settings(
            @Nullable String region, @Nullable URI endpoint, @Nullable String profile) {
        return new BackendSettings.AwsSecretsManager(
                "aws", new Place("secrets.yaml", 1, 1), region, endpoint, profile, null);
    }

    static Location current(String id) {
        return new Location(id, null, null);
    }

    static Map<Location, Outcome> fetch(URI endpoint, Duration timeout, Set<Location> wanted) {
        return fetch(settings(REGION, endpoint, null), timeout, wanted);
    }

    static Map<Location, Outcome> fetch(
            BackendSettings.AwsSecretsManager settings, Duration timeout, Set<Location> wanted) {
        try (AwsSecretsManagerBackend backend = AwsSecretsManagerBackend.open(settings)) {
            Map<Location, Outcome> outcomes = backend.fetch(wanted, Deadline.after(timeout));
            assertThat(outcomes).containsOnlyKeys(wanted);
            assertThat(outcomes.toString()).doesNotContain(CANARY);
            return outcomes;
        }
    }

    static Failure failure(Map<Location, Outcome> outcomes, Location location) {
        assertThat(outcomes.get(location)).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcomes.get(location)).failure();
    }

    static String text(Map<Location, Outcome> outcomes, Location location) {
        return new String(bytes(outcomes, location), UTF_8);
    }

    static byte[] bytes(Map<Location, Outcome> outcomes, Location location) {
        assertThat(outcomes.get(location)).isInstanceOf(Outcome.Found.class);
        return ((Content.Bytes) ((Outcome.Found) outcomes.get(location)).content()).value();
    }
}
