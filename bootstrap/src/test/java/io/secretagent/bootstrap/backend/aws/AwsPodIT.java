package io.secretagent.bootstrap.backend.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.secretagent.bootstrap.backend.aws.Aws.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The identities that EKS gives a pod, with the packaged jar: what the SDK finds by name or by ServiceLoader must have
 * survived the packaging. Moto is the service and STS; it takes any token. WireMock in front of it records who asked, and
 * stands in for the Pod Identity agent.
 */
final class AwsPodIT {
    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @RegisterExtension
    static final WireMockExtension FRONT = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final Aws aws = new Aws();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void createSecret() {
        try (SecretsManagerClient owner = Aws.owner(MOTO)) {
            owner.createSecret(r -> r.name("key").secretString(CANARY));
        }
        FRONT.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(MOTO.endpoint().toString())));
    }

    @Test
    void readsAsTheRoleOfAServiceAccount() throws Exception {
        ChildJvm.Result result = run(withWebIdentity());

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(ShowSecrets.line("key", CANARY) + "\n");
        FRONT.verify(1, postRequestedFor(anyUrl()).withRequestBody(containing("AssumeRoleWithWebIdentity")));
        FRONT.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                        .withHeader("X-Amz-Security-Token", matching(".+")));
    }

    @Test
    void tellsATrustPolicyThatRefusesThePod() throws Exception {
        FRONT.stubFor(post(anyUrl())
                .withRequestBody(containing("AssumeRoleWithWebIdentity"))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/xml")
                        .withBody("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                                + "<Type>Sender</Type><Code>AccessDenied</Code><Message>" + CANARY
                                + "</Message></Error></ErrorResponse>")));

        ChildJvm.Result result = run(withWebIdentity());

        assertThat(result.out()).contains("DENIED").contains("the AWS role may not be assumed");
        assertThat(result.out() + result.err()).doesNotContain(CANARY);
    }

    @Test
    void readsAsTheRoleOfAPodIdentity() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), CANARY + "-pod");
        FRONT.stubFor(get(urlEqualTo("/v1/credentials"))
                .withHeader("Authorization", equalTo(CANARY + "-pod"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"AccessKeyId\":\"AKIAPOD\",\"SecretAccessKey\":\"" + CANARY + "\",\"Token\":\""
                                + CANARY + "\",\"Expiration\":\""
                                + Instant.now().plusSeconds(3600) + "\"}")));

        ChildJvm.Result result =
                run(child().environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", FRONT.baseUrl() + "/v1/credentials")
                        .environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(ShowSecrets.line("key", CANARY) + "\n");
        FRONT.verify(1, getRequestedFor(urlEqualTo("/v1/credentials")));
        FRONT.verify(postRequestedFor(anyUrl()).withHeader("Authorization", containing("Credential=AKIAPOD/")));
    }

    private ChildJvm withWebIdentity() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), CANARY + "-web-identity");
        return child().environment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                .environment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/app")
                .environment("AWS_ENDPOINT_URL_STS", FRONT.baseUrl())
                .environment("AWS_REGION", Aws.REGION);
    }

    private static ChildJvm child() {
        return ChildJvm.on(Jdks.current())
                .classPath(ChildJvm.distribution().resolve("lib/bootstrap.jar"))
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials")
                .environment("AWS_CONFIG_FILE", "/nonexistent/config");
    }

    private static ChildJvm.Result run(ChildJvm child) throws Exception {
        return child.run(FetchFromAws.class, FRONT.baseUrl(), "key");
    }
}
