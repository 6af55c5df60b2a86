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
    void allShowsWhatTheMappingDoesNotName() throws Exception {
        stored("shop/MAPPED", 100);
        stored("shop/STALE", 100);
        stored("shop/FRESH", 1);
        stored("shop/sk-ant-api03-abcdefghijklmnop", 1);
        stored("blog/OTHER", 100);
        mapping("shop/MAPPED: {property: mapped, priority: P0}");
        Launched shown = run(Map.of(), "--all", "shop/");
        assertThat(shown.exit()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).matches("NO POLICY +P0 +shop/MAPPED +store +100 +- +- +- +-"),
                        line -> assertThat(line).matches("NO POLICY +- +\\(not shown\\) .* not in the mapping"),
                        line -> assertThat(line).matches("NO POLICY +- +shop/FRESH +.* +not in the mapping"),
                        line -> assertThat(line).matches("NO POLICY +- +shop/STALE +.* +not in the mapping"));
        Launched measured = run(Map.of(), "--all", "shop/", "--policy", "90d", "--json");
        assertThat(measured.exit()).isEqualTo(1);
        assertThat(secret(measured).get("mapped")).isEqualTo(true);
        assertThat(measured.out())
                .contains("\"status\":\"OVERDUE\",\"name\":\"shop/STALE\",\"backend\":\"store\",\"mapped\":false")
                .contains("\"unlisted\":[]");
        assertThat(run(Map.of(), "--all", "shop/", "--policy", "90d", "--quiet"))
                .isEqualTo(new Launched(1, "", ""));
        assertThat(shown.all() + measured.all()).doesNotContain("canary", "api03", "OTHER");
    }

    @Test
    void allTellsWhichBackendMayNotBeListed() throws Exception {
        BAO.call("POST", "secret/data/all/KEY", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.call("POST", "secret/data/all/MORE", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        vaultMapping("secret/all/KEY#KEY");
        BAO.policy("no-list", "secret/metadata/all/*");
        Launched listed = run(Map.of("VAULT_TOKEN", BAO.token()), "--all", "secret/all/");
        assertThat(listed.exit()).isZero();
        assertThat(listed.out().lines()).hasSize(3);
        assertThat(listed.out()).containsPattern("(?m)^NO POLICY +- +secret/all/MORE +bao +0 ");
        Launched denied = run(Map.of("VAULT_TOKEN", BAO.tokenWith("no-list")), "--all", "secret/all/", "--json");
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.err()).hasLineCount(1).contains("backend bao: listing is denied by policy (403); grant it: ");
        assertThat(denied.out()).contains("\"unlisted\":[{\"backend\":\"bao\",\"failure\":{\"kind\":\"DENIED\"");
        assertThat(listed.all() + denied.all()).doesNotContain("canary");
    }

    @Test
    void emergencyNeedsNoBackend() throws Exception {
        mapping(
                "NOTES: notes",
                "'MAIL KEY': {property: mail.key, priority: P1}",
                "'app#*': {property: app.*, priority: P2}",
                "DB: [{property: db, priority: P0, purpose: PostgreSQL, provider: \"https://db.example.com\"}, db.too]");
        Launched result = run(Map.of(), "--emergency");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("""

                P0  DB (store): PostgreSQL
                    provider  https://db.example.com
                    store     secret-agent rotate --mapping secrets.yaml DB
                    read as   property db, property db.too

                P1  MAIL KEY (store)
                    provider  not told; add provider: to the entry
                    store     secret-agent rotate --mapping secrets.yaml 'MAIL KEY'
                    read as   property mail.key

                P2  app#* (store)
                    provider  not told; add provider: to the entry
                    store     secret-agent rotate --mapping secrets.yaml app#KEY
                    read as   property app.*

                --  NOTES (store)
                """);
        assertThat(secret(run(Map.of(), "--emergency", "--json")).get("command"))
                .isEqualTo("secret-agent rotate --mapping secrets.yaml DB");
    }

    @Test
    void fitsATerminalOf80Columns() throws Exception {
        String name = "a/rather/long/path/to/a/secret/that/nobody/types/DATABASE_PASSWORD";
        stored(name, 100);
        mapping(name + ": {property: db, rotate: 90d, priority: P0, purpose: the database of the shop}");
        Launched narrow = Launched.onTerminal(folder, Map.of("TERM", "xterm", "COLUMNS", "80"), "age");
        assertThat(narrow.exit()).isEqualTo(1);
        assertThat(narrow.out().replaceAll("\u001b\\[\\d+m", "").lines())
                .hasSize(2)
                .allMatch(line -> line.length() <= 80);
        assertThat(narrow.out()).contains("\u001b[31mOVERDUE", "a/rather/", "PASSWORD  100", "[##########]");
        Launched plain = Launched.onTerminal(folder, Map.of("TERM", "xterm", "COLUMNS", "300", "NO_COLOR", "1"), "age");
        assertThat(plain.out()).contains(name, "the database of the shop").doesNotContain("\u001b");
    }

    @Test
    void helpEndsWithAnExample() throws Exception {
        assertThat(run(Map.of(), "--help").out().lines().reduce((a, b) -> b).orElse(""))
                .startsWith("Example: secret-agent age");
    }

    private void stored(String name, int days) throws IOException {
        Path file = folder.resolve("store").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
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
