package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String CANARY = "canary-5d2e90b7-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @Test
    void showsTheMostUrgentFirstAndEndsWith1WhenOneIsOverdue() throws Exception {
        stored("OLD", 100);
        stored("SOON", 80);
        stored("FRESH", 1);
        stored("FREE", 500);
        mapping(
                "FREE: free",
                "FRESH: {property: fresh, rotate: 90d, priority: P1, purpose: mail}",
                "SOON: {property: soon, rotate: 90d, priority: P1}",
                "OLD: {property: old, rotate: 90d, priority: P0}");
        Launched result = run(Map.of(), "--warn", "14d");
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
        assertThat(run(Map.of(), "--quiet")).isEqualTo(new Launched(1, "", ""));
    }

    @Test
    void whatIsOnlyDueSoonEndsWith0AndIsMarked() throws Exception {
        stored("SOON", 80);
        mapping("SOON: {property: soon, rotate: 90d}");
        Launched marked = run(Map.of(), "--warn", "14d", "--json");
        assertThat(marked.exit()).isZero();
        Map<?, ?> secret = secret(marked);
        assertThat(secret.get("status")).isEqualTo("SOON");
        assertThat(secret.get("days")).isEqualTo(new Json.Numeral("80"));
        assertThat(secret.get("policyDays")).isEqualTo(new Json.Numeral("90"));
        assertThat(secret(run(Map.of(), "--json")).get("status")).isEqualTo("OK");
        assertThat(run(Map.of(), "--warn", "soon").exit()).isEqualTo(64);
    }

    @Test
    void whatIsMissingHasItsOwnCode() throws Exception {
        stored("OLD", 100);
        mapping("OLD: {property: old, rotate: 90d}", "NOPE: {property: nope, rotate: 90d}");
        Launched result = run(Map.of());
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.out()).containsPattern("(?m)^FAILED +- +NOPE").containsPattern("(?m)^OVERDUE +- +OLD");
        assertThat(result.err()).hasLineCount(1).startsWith("secret-agent: secrets.yaml:6:5: secret NOPE");
    }

    @Test
    void asksTheMetadataOfAVaultAndSaysWhichPermissionLacks() throws Exception {
        BAO.call("POST", "secret/data/age", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        vaultMapping("secret/age#KEY");
        BAO.policy("metadata-only", "secret/metadata/age");
        BAO.policy("data-only", "secret/data/age");
        Launched metadata = run(Map.of("VAULT_TOKEN", BAO.tokenWith("metadata-only")), "--json");
        assertThat(metadata.exit()).isZero();
        assertThat(metadata.err()).isEmpty();
        assertThat(secret(metadata).get("version")).isEqualTo("1");
        assertThat(secret(metadata).get("days")).isEqualTo(new Json.Numeral("0"));
        Launched data = run(Map.of("VAULT_TOKEN", BAO.tokenWith("data-only")));
        assertThat(data.exit()).isZero();
        assertThat(data.err()).hasLineCount(1).contains("grant read on \"secret/metadata/age\"");
        Launched neither = run(Map.of("VAULT_TOKEN", "canary-wrong-token"));
        assertThat(neither.exit()).isEqualTo(77);
        assertThat(metadata.all() + data.all() + neither.all()).doesNotContain("canary");
    }

    @Test
    void aStoreWithoutDatesIsUnknownAndADeletedVersionFails() throws Exception {
        BAO.call("POST", "sys/mounts/old-age", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "old-age/legacy", "{\"KEY\": \"" + CANARY + "\"}");
        vaultMapping("old-age/legacy#KEY");
        Launched unknown = run(Map.of("VAULT_TOKEN", BAO.token()));
        assertThat(unknown.exit()).isZero();
        assertThat(unknown.out()).containsPattern("(?m)^UNKNOWN +P0 +old-age/legacy#KEY");
        assertThat(unknown.err()).hasLineCount(1).contains("does not tell its age");
        BAO.call("POST", "secret/data/deleted", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.call("DELETE", "secret/data/deleted", null);
        vaultMapping("secret/deleted#KEY");
        Launched deleted = run(Map.of("VAULT_TOKEN", BAO.token()));
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
        Launched result = run(
                Map.of(
                        "AWS_ACCESS_KEY_ID", "AKIAAPP",
                        "AWS_SECRET_ACCESS_KEY", CANARY + "-access-key",
                        "AWS_EC2_METADATA_DISABLED", "true"),
                "--json");
        assertThat(result.exit()).isZero();
        assertThat(secret(result).get("status")).isEqualTo("OK");
        assertThat(secret(result).get("days")).isEqualTo(new Json.Numeral("0"));
        assertThat(result.err()).hasLineCount(1).contains("app/none");
        assertThat(result.all()).doesNotContain("canary");
    }

    @Test
    void helpEndsWithAnExample() throws Exception {
        assertThat(run(Map.of(), "--help").out().lines().reduce((a, b) -> b).orElse(""))
                .startsWith("Example: secret-agent age");
    }

    private void stored(String name, int days) throws IOException {
        Path file = Files.createDirectories(folder.resolve("store")).resolve(name);
        Files.writeString(file, CANARY);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private void mapping(String... entries) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    private void vaultMapping(String name) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address() + "\"}\nsecrets:\n  bao:\n    " + name
                        + ": {property: key, rotate: 90d, priority: P0}\n");
    }

    private Launched run(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "age";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Launched.in(folder, environment, all);
    }

    private static Map<?, ?> secret(Launched result) {
        Map<String, Object> document =
                Objects.requireNonNull(Json.object(result.out().getBytes(UTF_8)), "no JSON");
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(document.get("secrets"))).get(0);
    }
}
