package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@code secret-agent age} as a shell runs it. */
@Timeout(120)
class AgeIT {
    static final String CANARY = "canary-5d2e90b7-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @Test
    void showsTheMostUrgentFirstAndEndsWith1WhenOneIsOverdue() throws Exception {
        age().stored("OLD", 100);
        age().stored("SOON", 80);
        age().stored("FRESH", 1);
        age().stored("FREE", 500);
        age().mapping(
                        "FREE: free",
                        "FRESH: {property: fresh, rotate: 90d, priority: P1, purpose: mail}",
                        "SOON: {property: soon, rotate: 90d, priority: P1}",
                        "OLD: {property: old, rotate: 90d, priority: P0}");
        Launched result = age().run(Map.of(), "--warn", "14d");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("STATUS +PRIORITY +SECRET +BACKEND +DAYS +POLICY +DUE +AGE +PURPOSE");
        assertThat(lines.get(1)).matches("OVERDUE +P0 +OLD +store +100 +90d +\\d{4}-\\d\\d-\\d\\d +\\[#{10}] +-");
        assertThat(lines.get(2)).matches("SOON +P1 +SOON +store +80 +90d +\\d{4}-\\d\\d-\\d\\d +\\[#{8}\\.{2}] +-");
        assertThat(lines.get(3)).matches("OK +P1 +FRESH +store +1 +90d +\\d{4}-\\d\\d-\\d\\d +\\[\\.{10}] +mail");
        assertThat(lines.get(4)).matches("NO POLICY +- +FREE +store +500 +- +- +- +-");
        assertThat(result.all()).doesNotContain("canary", "\u001b");
        assertThat(age().run(Map.of(), "--quiet")).isEqualTo(new Launched(1, "", ""));
    }

    @Test
    void whatIsOnlyDueSoonEndsWith0AndIsMarked() throws Exception {
        age().stored("SOON", 80);
        age().mapping("SOON: {property: soon, rotate: 90d}");
        Launched marked = age().run(Map.of(), "--warn", "14d", "--json");
        assertThat(marked.exit()).isZero();
        Map<?, ?> secret = AgeFolder.secret(marked);
        assertThat(secret.get("status")).isEqualTo("SOON");
        assertThat(secret.get("days")).isEqualTo(new Json.Numeral("80"));
        assertThat(secret.get("policyDays")).isEqualTo(new Json.Numeral("90"));
        assertThat(AgeFolder.secret(age().run(Map.of(), "--json")).get("status"))
                .isEqualTo("OK");
        assertThat(age().run(Map.of(), "--warn", "soon").exit()).isEqualTo(64);
    }

    @Test
    void whatIsMissingHasItsOwnCode() throws Exception {
        age().stored("OLD", 100);
        age().mapping("OLD: {property: old, rotate: 90d}", "NOPE: {property: nope, rotate: 90d}");
        Launched result = age().run(Map.of());
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.out()).containsPattern("(?m)^FAILED +- +NOPE").containsPattern("(?m)^OVERDUE +- +OLD");
        assertThat(result.err()).hasLineCount(1).startsWith("secret-agent: secrets.yaml:6:5: secret NOPE");
    }

    @Test
    void asksTheMetadataOfAVaultAndSaysWhichPermissionLacks() throws Exception {
        BAO.call("POST", "secret/data/age", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        age().vaultMapping("secret/age#KEY");
        BAO.policy("metadata-only", "secret/metadata/age");
        BAO.policy("data-only", "secret/data/age");
        Launched metadata = age().run(Map.of("VAULT_TOKEN", BAO.tokenWith("metadata-only")), "--json");
        assertThat(metadata.exit()).isZero();
        assertThat(metadata.err()).isEmpty();
        assertThat(AgeFolder.secret(metadata).get("version")).isEqualTo("1");
        assertThat(AgeFolder.secret(metadata).get("days")).isEqualTo(new Json.Numeral("0"));
        Launched data = age().run(Map.of("VAULT_TOKEN", BAO.tokenWith("data-only")));
        assertThat(data.exit()).isZero();
        assertThat(data.err()).hasLineCount(1).contains("grant read on \"secret/metadata/age\"");
        Launched neither = age().run(Map.of("VAULT_TOKEN", "canary-wrong-token"));
        assertThat(neither.exit()).isEqualTo(77);
        assertThat(metadata.all() + data.all() + neither.all()).doesNotContain("canary");
    }

    @Test
    void aStoreWithoutDatesIsUnknownAndADeletedVersionFails() throws Exception {
        BAO.call("POST", "sys/mounts/old-age", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "old-age/legacy", "{\"KEY\": \"" + CANARY + "\"}");
        age().vaultMapping("old-age/legacy#KEY");
        Launched unknown = age().run(Map.of("VAULT_TOKEN", BAO.token()));
        assertThat(unknown.exit()).isZero();
        assertThat(unknown.out()).containsPattern("(?m)^UNKNOWN +P0 +old-age/legacy#KEY");
        assertThat(unknown.err()).hasLineCount(1).contains("does not tell its age");
        BAO.call("POST", "secret/data/deleted", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.call("DELETE", "secret/data/deleted", null);
        age().vaultMapping("secret/deleted#KEY");
        Launched deleted = age().run(Map.of("VAULT_TOKEN", BAO.token()));
        assertThat(deleted.exit()).isEqualTo(66);
        assertThat(unknown.all() + deleted.all()).doesNotContain("canary");
    }

    @Test
    void asksAwsToDescribe() throws Exception {
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            owner.createSecret(r -> r.name("app/api").secretString(CANARY));
        }
        Files.writeString(folder.resolve("secrets.yaml"), """
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "%s"}
                secrets:
                  aws:
                    app/api: {property: api, rotate: 90d}
                    app/none: {property: none, required: false}
                """.formatted(MOTO.endpoint()));
        Launched result = age().run(
                        Map.of(
                                "AWS_ACCESS_KEY_ID", "AKIAAPP",
                                "AWS_SECRET_ACCESS_KEY", CANARY + "-access-key",
                                "AWS_EC2_METADATA_DISABLED", "true"),
                        "--json");
        assertThat(result.exit()).isZero();
        assertThat(AgeFolder.secret(result).get("status")).isEqualTo("OK");
        assertThat(AgeFolder.secret(result).get("days")).isEqualTo(new Json.Numeral("0"));
        assertThat(result.err()).hasLineCount(1).contains("app/none");
        assertThat(result.all()).doesNotContain("canary");
    }

    @Test
    void helpEndsWithAnExample() throws Exception {
        assertThat(age().run(Map.of(), "--help")
                        .out()
                        .lines()
                        .reduce((a, b) -> b)
                        .orElse(""))
                .startsWith("Example: secret-agent age");
    }

    private AgeFolder age() {
        return new AgeFolder(folder, BAO);
    }
}
