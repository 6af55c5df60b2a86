package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import java.net.URI;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * A signed {@code GetCallerIdentity}, which Vault sends to AWS to learn who asks. It is signed for AWS's own endpoint
 * and, with a server id, for one Vault only, so that nobody else can use it.
 *
 * @param url in base64, as Vault takes all three
 */
record AwsIamRequest(String url, String body, String headers) {
    private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

    /** Signs with the credentials of AWS's default chain. */
    static AwsIamRequest sign(VaultAuth.AwsIam settings) throws BackendException {
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            return sign(settings, provider.resolveCredentials());
        } catch (SdkException e) {
            throw new BackendException(
                    new Failure(
                                    Failure.Kind.DENIED,
                                    "no AWS credentials to log in to Vault with",
                                    "give the process an AWS role, a profile or AWS_ACCESS_KEY_ID")
                            .inGeneral(),
                    e);
        }
    }

    static AwsIamRequest sign(VaultAuth.AwsIam settings, AwsCredentials credentials) {
        String region = settings.region();
        // The global endpoint takes signatures of us-east-1 only.
        URI endpoint = URI.create(
                region == null
                        ? "https://sts.amazonaws.com/"
                        : "https://sts." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn/" : "/"));
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        if (settings.serverId() != null) {
            request.putHeader("X-Vault-AWS-IAM-Server-ID", settings.serverId());
        }
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromUtf8String(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region == null ? "us-east-1" : region));
        return new AwsIamRequest(
                base64(endpoint.toString()),
                base64(BODY),
                base64(Json.text(signed.request().headers())));
    }

    /** The signature is a credential while it lasts. */
    @Override
    public String toString() {
        return "AwsIamRequest";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
