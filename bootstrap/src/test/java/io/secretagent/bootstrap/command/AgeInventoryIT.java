package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code secret-agent age} over more than the mapping, in a hurry, and on a narrow terminal. */
@Timeout(120)
class AgeInventoryIT {
    private static final String CANARY = AgeIT.CANARY;

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @Test
    void allShowsWhatTheMappingDoesNotName() throws Exception {
        age().stored("shop/MAPPED", 100);
        age().stored("shop/STALE", 100);
        age().stored("shop/FRESH", 1);
        age().stored("shop/sk-ant-api03-abcdefghijklmnop", 1);
        age().stored("blog/OTHER", 100);
        age().mapping("shop/MAPPED: {property: mapped, priority: P0}");
        Launched shown = age().run(Map.of(), "--all", "shop/");
        assertThat(shown.exit()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).matches("NO POLICY +P0 +shop/MAPPED +store +100 +- +- +- +-"),
                        line -> assertThat(line).matches("NO POLICY +- +\\(not shown\\) .* not in the mapping"),
                        line -> assertThat(line).matches("NO POLICY +- +shop/FRESH +.* +not in the mapping"),
                        line -> assertThat(line).matches("NO POLICY +- +shop/STALE +.* +not in the mapping"));
        Launched measured = age().run(Map.of(), "--all", "shop/", "--policy", "90d", "--json");
        assertThat(measured.exit()).isEqualTo(1);
        assertThat(AgeFolder.secret(measured).get("mapped")).isEqualTo(true);
        assertThat(measured.out())
                .contains("\"status\":\"OVERDUE\",\"name\":\"shop/STALE\",\"backend\":\"store\",\"mapped\":false")
                .contains("\"unlisted\":[]");
        assertThat(age().run(Map.of(), "--all", "shop/", "--policy", "90d", "--quiet"))
                .isEqualTo(new Launched(1, "", ""));
        assertThat(shown.all() + measured.all()).doesNotContain("canary", "api03", "OTHER");
    }

    @Test
    void allTellsWhichBackendMayNotBeListed() throws Exception {
        BAO.call("POST", "secret/data/all/KEY", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.call("POST", "secret/data/all/MORE", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        age().vaultMapping("secret/all/KEY#KEY");
        BAO.policy("no-list", "secret/metadata/all/*");
        Launched listed = age().run(Map.of("VAULT_TOKEN", BAO.token()), "--all", "secret/all/");
        assertThat(listed.exit()).isZero();
        assertThat(listed.out().lines()).hasSize(3);
        assertThat(listed.out()).containsPattern("(?m)^NO POLICY +- +secret/all/MORE +bao +0 ");
        Launched denied = age().run(Map.of("VAULT_TOKEN", BAO.tokenWith("no-list")), "--all", "secret/all/", "--json");
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.err()).hasLineCount(1).contains("backend bao: listing is denied by policy (403); grant it: ");
        assertThat(denied.out()).contains("\"unlisted\":[{\"backend\":\"bao\",\"failure\":{\"kind\":\"DENIED\"");
        assertThat(listed.all() + denied.all()).doesNotContain("canary");
    }

    @Test
    void emergencyNeedsNoBackend() throws Exception {
        age().mapping(
                        "NOTES: notes",
                        "'MAIL KEY': {property: mail.key, priority: P1}",
                        "'app#*': {property: app.*, priority: P2}",
                        "DB: [{property: db, priority: P0, purpose: PostgreSQL, provider: \"https://db.example.com\"}, db.too]");
        Launched result = age().run(Map.of(), "--emergency");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("""

                P0  DB (store): PostgreSQL
                    provider  https://db.example.com
                    store     secret-agent rotate --emergency --mapping secrets.yaml DB
                    read as   property db, property db.too

                P1  MAIL KEY (store)
                    provider  not told; add provider: to the entry
                    store     secret-agent rotate --emergency --mapping secrets.yaml 'MAIL KEY'
                    read as   property mail.key

                P2  app#* (store)
                    provider  not told; add provider: to the entry
                    store     secret-agent rotate --emergency --mapping secrets.yaml app#KEY
                    read as   property app.*

                --  NOTES (store)
                """);
        assertThat(AgeFolder.secret(age().run(Map.of(), "--emergency", "--json"))
                        .get("command"))
                .isEqualTo("secret-agent rotate --emergency --mapping secrets.yaml DB");
    }

    @Test
    void fitsATerminalOf80Columns() throws Exception {
        String name = "a/rather/long/path/to/a/secret/that/nobody/types/DATABASE_PASSWORD";
        age().stored(name, 100);
        age().mapping(name + ": {property: db, rotate: 90d, priority: P0, purpose: the database of the shop}");
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
    void allKnowsASecretByItsArn() throws Exception {
        String arn;
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            arn = owner.createSecret(r -> r.name("app/api").secretString(CANARY))
                    .arn();
            owner.createSecret(r -> r.name("app/forgotten").secretString(CANARY));
            owner.createSecret(r -> r.name("blog/other").secretString(CANARY));
        }
        Files.writeString(folder.resolve("secrets.yaml"), """
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "%s"}
                secrets:
                  aws:
                    "%s": {property: api, rotate: 90d}
                """.formatted(MOTO.endpoint(), arn));
        Launched result = age().run(
                        Map.of(
                                "AWS_ACCESS_KEY_ID", "AKIAAPP",
                                "AWS_SECRET_ACCESS_KEY", CANARY + "-access-key",
                                "AWS_EC2_METADATA_DISABLED", "true"),
                        "--all",
                        "app/");
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.out()).containsPattern("(?m)^NO POLICY +- +app/forgotten +aws +0 .* not in the mapping$");
        assertThat(result.all()).doesNotContain("canary");
    }

    private AgeFolder age() {
        return new AgeFolder(folder, BAO);
    }
}
