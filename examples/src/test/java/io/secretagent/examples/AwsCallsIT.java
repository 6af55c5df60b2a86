package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our commands call with the IAM policies of the Kubernetes examples, by a server that refuses what they do not
 * allow. It looks at actions alone, and so the resources are left out here; {@link AwsPoliciesIT} has those.
 */
class AwsCallsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PASSWORD = "shop/prod/database#password";

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path temporary;

    @BeforeEach
    void store() throws Exception {
        create("shop/prod/database", "password");
        create("shop/prod/api-keys", "PAYMENT_API_KEY");
        String mapping = Files.readString(KubernetesIT.HERE.resolve("aws/secrets.yaml"), UTF_8);
        Files.writeString(
                temporary.resolve("secrets.yaml"),
                mapping.replace("region: us-east-1", "region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\""));
    }

    @AfterEach
    void open() throws Exception {
        post("moto-api/reset-auth", "text/plain", "", "inf");
    }

    @Test
    void thePodCanVerifyAndTellAgesAndNotRotate() throws Exception {
        Map<String, String> pod = enforce("iam-read.json");
        assertThat(secretAgent(pod, "verify", "--strict").exit()).isZero();
        assertThat(secretAgent(pod, "age").exit()).isZero();
        assertThat(secretAgent(pod, "rotate", "--generate", "32", PASSWORD).exit())
                .isEqualTo(77);
    }

    @Test
    void whoRotatesCanRotateAndRollBack() throws Exception {
        Map<String, String> operator = enforce("iam-rotate.json");
        assertThat(secretAgent(operator, "rotate", "--generate", "32", PASSWORD).exit())
                .isZero();
        assertThat(secretAgent(operator, "rollback", PASSWORD).exit()).isZero();
    }

    private Launched secretAgent(Map<String, String> identity, String... arguments) throws Exception {
        Launched launched = Launched.in(temporary, identity, arguments);
        assertThat(launched.all()).doesNotContain("canary");
        return launched;
    }

    /** A user with the policy, whom the server from now on holds to it. */
    private static Map<String, String> enforce(String policy) throws Exception {
        String document = Files.readString(KubernetesIT.HERE.resolve("aws").resolve(policy), UTF_8)
                .replaceAll("\"Resource\": \"[^\"]*\"", "\"Resource\": \"*\"");
        iam("Action=CreateUser&UserName=shop");
        iam("Action=PutUserPolicy&UserName=shop&PolicyName=shop&PolicyDocument=" + URLEncoder.encode(document, UTF_8));
        String key = iam("Action=CreateAccessKey&UserName=shop");
        post("moto-api/reset-auth", "text/plain", "", "0");
        return Map.of(
                "AWS_ACCESS_KEY_ID", element(key, "AccessKeyId"),
                "AWS_SECRET_ACCESS_KEY", element(key, "SecretAccessKey"));
    }

    private static void create(String name, String key) throws Exception {
        String secret =
                Json.text(Map.of("Name", name, "SecretString", "{\"" + key + "\": \"canary-5e0c-of-" + key + "\"}"));
        post("", "application/x-amz-json-1.1", "secretsmanager", secret);
    }

    private static String iam(String action) throws Exception {
        return post("", "application/x-www-form-urlencoded", "iam", action + "&Version=2010-05-08");
    }

    private static String post(String path, String type, String service, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(MOTO.endpoint().resolve("/" + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (!service.isEmpty()) {
            // By this it knows the service; it checks signatures only of those whom it holds to a policy.
            request.header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=moto/20260101/us-east-1/" + service
                            + "/aws4_request, SignedHeaders=host, Signature=none");
        }
        if (service.equals("secretsmanager")) {
            request.header("X-Amz-Target", "secretsmanager.CreateSecret");
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + service).isEqualTo(200);
        return answer.body();
    }

    private static String element(String xml, String name) {
        return xml.substring(xml.indexOf("<" + name + ">") + name.length() + 2, xml.indexOf("</" + name + ">"));
    }
}
