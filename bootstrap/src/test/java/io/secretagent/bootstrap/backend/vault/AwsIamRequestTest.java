package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The form that Vault documents; no server that checks the signature can be had on loopback. */
class AwsIamRequestTest {

    @Test
    void signsForOneVaultAndOneRegion() {
        AwsIamRequest request = sign(new VaultAuth.AwsIam("aws", "app", "vault.example.com", "eu-west-1"));
        assertThat(text(request.url())).isEqualTo("https://sts.eu-west-1.amazonaws.com/");
        assertThat(text(request.body())).isEqualTo("Action=GetCallerIdentity&Version=2011-06-15");
        Map<String, Object> headers = headers(request);
        assertThat(headers.get("X-Vault-AWS-IAM-Server-ID")).isEqualTo(List.of("vault.example.com"));
        assertThat(headers.get("X-Amz-Security-Token")).isEqualTo(List.of("canary-session"));
        assertThat(Objects.requireNonNull(headers.get("Authorization")).toString())
                .contains("/eu-west-1/sts/aws4_request")
                .contains("x-vault-aws-iam-server-id")
                .doesNotContain("canary");
        assertThat(request.toString()).isEqualTo("AwsIamRequest");
    }

    @Test
    void signsForTheGlobalEndpointWithoutARegion() {
        AwsIamRequest request = sign(new VaultAuth.AwsIam("aws", "app", null, null));
        assertThat(text(request.url())).isEqualTo("https://sts.amazonaws.com/");
        assertThat(Objects.requireNonNull(headers(request).get("Authorization")).toString())
                .contains("/us-east-1/sts/aws4_request");
    }

    private static AwsIamRequest sign(VaultAuth.AwsIam settings) {
        return AwsIamRequest.sign(
                settings, AwsSessionCredentials.create("AKIDEXAMPLE", "canary-key", "canary-session"));
    }

    private static Map<String, Object> headers(AwsIamRequest request) {
        return Objects.requireNonNull(Json.object(Base64.getDecoder().decode(request.headers())));
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
