package io.secretagent.bootstrap.backend.aws;

import static io.secretagent.bootstrap.backend.aws.Aws.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An application with the agent and a mapping to AWS, against moto. */
final class AwsEndToEndIT {
    private static final byte[] KEYSTORE = {0, (byte) 0xff, (byte) 0x80, 7, 7, 7, 7, 7};
    private static final String DATABASE = "{\"host\":\"db.internal\",\"port\":5432,\"database\":\"app\","
            + "\"username\":\"" + CANARY + "-user\",\"password\":\"" + CANARY + "-password\"}";

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @RegisterExtension
    final Aws aws = new Aws();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void createSecrets() {
        try (SecretsManagerClient owner = Aws.owner(MOTO)) {
            owner.createSecret(r -> r.name("app/api").secretString("{\"CLAUDE_API_KEY\":\"" + CANARY + "-claude\"}"));
            owner.createSecret(r -> r.name("app/database").secretString(DATABASE));
            owner.createSecret(r -> r.name("app/keystore").secretBinary(SdkBytes.fromByteArray(KEYSTORE)));
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void injectsWhatTheMappingNames(Jdks.Jdk jdk) throws Exception {
        assertInjected(show(withKeys(jdk)));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void injectsAsTheRoleOfAServiceAccount(Jdks.Jdk jdk) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), CANARY + "-web-identity");
        assertInjected(show(child(jdk)
                .environment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                .environment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/app")
                .environment("AWS_ENDPOINT_URL_STS", MOTO.endpoint().toString())
                .environment("AWS_REGION", Aws.REGION)));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void doesNotStartTheApplicationWithoutARequiredSecret(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result =
                withKeys(jdk).agent(mapping("    app/missing: missing\n")).run(ShowSecrets.class, "missing");

        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().contains("app/missing", "aws");
        assertThat(result.err()).doesNotContain(CANARY);
    }

    private ChildJvm.Result show(ChildJvm child) throws Exception {
        Path mapping = mapping("""
                    app/api#CLAUDE_API_KEY: claude.api.key
                    app/database#*: db.*
                    app/database:
                      property: spring.datasource.url
                      template: "jdbc:postgresql://{host}:{port}/{database}"
                    app/keystore: {property: keystore, encoding: base64}
                """);
        return child.agent(mapping)
                .run(
                        ShowSecrets.class,
                        "claude.api.key",
                        "db.username",
                        "db.password",
                        "db.port",
                        "spring.datasource.url",
                        "keystore");
    }

    private static void assertInjected(ChildJvm.Result result) throws Exception {
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        ShowSecrets.line("claude.api.key", CANARY + "-claude"),
                        ShowSecrets.line("db.username", CANARY + "-user"),
                        ShowSecrets.line("db.password", CANARY + "-password"),
                        ShowSecrets.line("db.port", "5432"),
                        ShowSecrets.line("spring.datasource.url", "jdbc:postgresql://db.internal:5432/app"),
                        ShowSecrets.line("keystore", Base64.getEncoder().encodeToString(KEYSTORE)));
        assertThat(result.out()).doesNotContain(CANARY);
    }

    private Path mapping(String secrets) throws Exception {
        return Files.writeString(folder.resolve("secrets.yaml"), """
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "%s"}
                secrets:
                  aws:
                """.formatted(MOTO.endpoint()) + secrets);
    }

    private static ChildJvm withKeys(Jdks.Jdk jdk) {
        return child(jdk)
                .environment("AWS_ACCESS_KEY_ID", "AKIAAPP")
                .environment("AWS_SECRET_ACCESS_KEY", CANARY + "-access-key");
    }

    private static ChildJvm child(Jdks.Jdk jdk) {
        return ChildJvm.on(jdk)
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials")
                .environment("AWS_CONFIG_FILE", "/nonexistent/config");
    }
}
