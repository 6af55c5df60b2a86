package io.secretagent.bootstrap.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.MotoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** New versions in moto's Secrets Manager, as an application sees them, and how many calls that takes. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AwsRefreshIT {
    private static final String CANARY = "canary-3c81f0aa-long";
    private static final int MANY = 41;

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void manyAreLookedAtTwentyACall(Jdks.Jdk jdk) throws Exception {
        StringBuilder entries = new StringBuilder();
        try (SecretsManagerClient owner = owner();
                HttpGate gate = new HttpGate(MOTO.endpoint())) {
            for (int i = 0; i < MANY; i++) {
                String name = "many/" + i;
                String value = CANARY + "-" + i;
                owner.createSecret(r -> r.name(name).secretString(value));
                entries.append("    ").append(name).append(": p").append(i).append('\n');
            }
            try (LivingJvm living = start(jdk, gate, entries.toString())) {
                // 20, 20 and, alone, one that is asked about without its value.
                living.await(() -> gate.count("DescribeSecret") >= 3);
                assertThat(gate.count("GetSecretValue")).isEqualTo(1);
                long rounds = gate.count("DescribeSecret");
                assertThat(gate.count("BatchGetSecretValue"))
                        .as("of the start, and of each round, the last of which may not have got to it")
                        .isBetween(2 + 2 * (rounds - 1), 2 + 2 * (rounds + 1));
                owner.putSecretValue(r -> r.secretId("many/7").secretString(CANARY + "-seven"));
                owner.putSecretValue(r -> r.secretId("many/40").secretString(CANARY + "-forty"));
                living.awaitProperty("p7", CANARY + "-seven");
                living.awaitProperty("p40", CANARY + "-forty");
                owner.deleteSecret(r -> r.secretId("many/7").recoveryWindowInDays(7L));
                living.awaitErr("secret many/7 (backend aws) can be read no more: ", 1);
                owner.restoreSecret(r -> r.secretId("many/7"));
                living.awaitErr("secret many/7 (backend aws) can be read again", 1);
                gate.shut();
                living.awaitErr("backend aws: new versions cannot be looked for: ", 1);
                gate.open();
                living.awaitErr("backend aws: new versions are looked for again, after ", 1);
                assertThat(living.end()).isZero();
                assertThat(living.err().lines()).hasSize(4);
                assertThat(living.all()).doesNotContain("canary");
            }
        }
    }

    private LivingJvm start(Jdks.Jdk jdk, HttpGate gate, String entries) throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1s\nguards: {all: off}\nbackends:\n  aws: {type: aws-secrets-manager, region: us-east-1,"
                        + " endpoint: \"" + gate.address() + "\"}\nsecrets:\n  aws:\n" + entries);
        return LivingJvm.start(
                ChildJvm.on(jdk)
                        .agent(mapping)
                        .environment("AWS_ACCESS_KEY_ID", "AKIAAPP")
                        .environment("AWS_SECRET_ACCESS_KEY", CANARY + "-access-key")
                        .environment("AWS_EC2_METADATA_DISABLED", "true"),
                folder);
    }

    private static SecretsManagerClient owner() {
        return SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
