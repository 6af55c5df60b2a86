package io.secretagent.bootstrap.backend.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.secretagent.bootstrap.backend.aws.Aws.CANARY;
import static io.secretagent.bootstrap.backend.aws.Aws.LONG;
import static io.secretagent.bootstrap.backend.aws.Aws.SHORT;
import static io.secretagent.bootstrap.backend.aws.Aws.current;
import static io.secretagent.bootstrap.backend.aws.Aws.failure;
import static io.secretagent.bootstrap.backend.aws.Aws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, and from which region, found or not. WireMock stands in for the service and for EC2's metadata. */
final class AwsIdentityTest {
    private static final Location KEY = current("key");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final Aws aws = new Aws();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void needNoIdentityOfTheEnvironment() {
        Assumptions.assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null && System.getenv("AWS_REGION") == null);
    }

    @Test
    void tellsThatThereAreNoCredentials() {
        aws.signOut();

        Failure failure = failure(fetch("us-east-1", null, LONG), KEY);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.why()).isEqualTo("no AWS credentials were found");
    }

    @Test
    void doesNotWaitForMetadataThatDoNotAnswer() {
        aws.signOut();
        System.clearProperty("aws.disableEc2Metadata");
        System.setProperty("aws.ec2MetadataServiceEndpoint", SERVER.baseUrl());
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));
        long start = System.nanoTime();

        assertThat(failure(fetch("us-east-1", null, LONG), KEY).why()).isEqualTo("no AWS credentials were found");
        assertThat(failure(fetch(null, null, LONG), KEY).why()).isEqualTo("no AWS region was found");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void isNotHeldUpByAnStsThatDoesNotAnswer() throws IOException {
        aws.signOut();
        Path token = Files.writeString(folder.resolve("token"), CANARY);
        System.setProperty("aws.webIdentityTokenFile", token.toString());
        System.setProperty("aws.roleArn", "arn:aws:iam::123456789012:role/app");
        System.setProperty("aws.endpointUrlSts", SERVER.baseUrl());
        System.setProperty("aws.region", "us-east-1");
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));
        long start = System.nanoTime();

        Failure failure = failure(fetch("us-east-1", null, SHORT), KEY);

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure.why()).contains("credentials");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(2));
    }

    @Test
    void tellsAWebIdentityWithoutItsTokenFile() {
        aws.signOut();
        System.setProperty("aws.webIdentityTokenFile", folder.resolve("nosuch").toString());
        System.setProperty("aws.roleArn", "arn:aws:iam::123456789012:role/app");
        System.setProperty("aws.region", "us-east-1");

        Failure failure = failure(fetch("us-east-1", null, LONG), KEY);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.mend()).contains("AWS_WEB_IDENTITY_TOKEN_FILE");
    }

    @Test
    void tellsThatThereIsNoRegion() {
        Failure failure = failure(fetch(null, null, LONG), KEY);

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.mend()).contains("region").contains("AWS_REGION");
    }

    @Test
    void refusesWhatIsNoRegion() {
        assertThat(failure(fetch("US East (N. Virginia)", null, LONG), KEY).kind())
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void tellsAProfileThatIsNotThere() {
        Failure failure = failure(fetch("us-east-1", "nosuch", LONG), KEY);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.why()).contains("profile nosuch");
    }

    @Test
    void asksAsTheProfileOfTheMappingWhateverTheEnvironmentHas() throws IOException {
        Path file = Files.writeString(
                folder.resolve("credentials"),
                "[reader]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = " + CANARY + "\n");
        Path config = Files.writeString(folder.resolve("config"), "[profile reader]\nregion = eu-west-1\n");
        System.setProperty("aws.sharedCredentialsFile", file.toString());
        System.setProperty("aws.configFile", config.toString());
        SERVER.stubFor(post(anyUrl())
                .willReturn(okJson("{\"Name\":\"key\",\"SecretString\":\"" + CANARY + "\",\"VersionId\":\"v1\"}")));

        assertThat(text(fetch(null, "reader", LONG), KEY)).isEqualTo(CANARY);

        SERVER.verify(postRequestedFor(anyUrl())
                .withHeader("Authorization", containing("Credential=AKIAPROFILE/"))
                .withHeader("Authorization", containing("/eu-west-1/secretsmanager/")));
    }

    private static Map<Location, Outcome> fetch(@Nullable String region, @Nullable String profile, Duration timeout) {
        BackendSettings.AwsSecretsManager settings = Aws.settings(region, URI.create(SERVER.baseUrl()), profile);
        return Aws.fetch(settings, timeout, Set.of(KEY));
    }
}
