package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

/** What each command leaves in the audit: who called it, who the store took us for, and what came of it. */
@Timeout(180)
class AuditCommandsIT {
    private static final String CANARY = "canary-commands-4d2b";
    private static final String USER = "user " + System.getProperty("user.name");

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void verifyRunMaskAndAgeSayWhatTheyFetched() throws Exception {
        store("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: {property: api.key, env: API_KEY}", "NOPE: nope");
        assertThat(run("verify").exit()).isEqualTo(66);
        assertThat(last(2)).containsExactly("fetch API_KEY", "failure NOPE: not-found");
        mapping("store: {type: directory, path: store}", "API_KEY: {property: api.key, env: API_KEY}");
        assertThat(run("verify").exit()).isZero();
        Launched ran = run("run", "--mapping", "secrets.yaml", "--", "sh", "-c", "echo $API_KEY; echo $API_KEY");
        assertThat(ran.out()).isEqualTo("***\n***\n");
        assertThat(last(3))
                .containsExactly("fetch API_KEY", "inject API_KEY env API_KEY", "leak API_KEY stdout: masked");
        assertThat(lines().get(lines().size() - 1).get("command")).isEqualTo("secret-agent run sh");
        assertThat(run("mask").exit()).isZero();
        assertThat(last(1)).containsExactly("fetch API_KEY");
        int before = lines().size();
        assertThat(run("age").exit()).isZero();
        // No value was read, so that there is nothing to tell.
        assertThat(lines()).hasSize(before);
        assertThat(lines()).allSatisfy(line -> assertThat(line.who()).isEqualTo(USER));
        assertThat(lines()).allSatisfy(line -> assertThat(line.get("identity")).isEmpty());
    }

    @Test
    void whoCalledSudoIsOnRecord() throws Exception {
        store("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api.key");
        environment.put("SUDO_USER", "alice");
        run("verify");
        assertThat(lines().get(0).text()).contains("\"sudo\":\"alice\"}");
    }

    @Test
    void rotationsAreOnRecordWhateverCameOfThem() throws Exception {
        store("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api.key");
        assertThat(run("rotate", "--generate", "32", "API_KEY").exit()).isZero();
        assertThat(run("rollback", "API_KEY").exit()).isZero();
        assertThat(run("rotate", "--generate", "32", "--test", "false", "API_KEY")
                        .exit())
                .isEqualTo(1);
        assertThat(run("rotate", "--generate", "32", "--test", "printf theirs > store/API_KEY", "API_KEY")
                        .exit())
                .isEqualTo(75);
        assertThat(run("rotate", "--generate", "32", "--dry-run", "API_KEY").exit())
                .isZero();
        assertThat(last(5))
                .containsExactly(
                        "rotate API_KEY",
                        "rollback API_KEY",
                        "rotate API_KEY: declined",
                        "rotate API_KEY: conflict",
                        "fetch API_KEY");
    }

    @Test
    void aVaultsTokenIsKnownByItsAccessor() throws Exception {
        BAO.call("POST", "secret/data/audit", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.policy("audit-reads", "secret/data/audit");
        String token = BAO.tokenWith("default", "audit-reads");
        environment.put("VAULT_TOKEN", token);
        mapping("bao: {type: vault, address: \"" + BAO.address() + "\", kv-version: 2}", "secret/audit#KEY: key");
        run("verify");
        Recorded.Line fetched = lines().get(lines().size() - 1);
        assertThat(fetched.brief()).isEqualTo("fetch secret/audit#KEY");
        assertThat(fetched.get("version")).isEqualTo("1");
        assertThat(fetched.get("identity")).matches("accessor [A-Za-z0-9.]{8,}").doesNotContain(token);
        assertThat(Integer.parseInt(fetched.get("milliseconds"))).isPositive();
        // A token without the default policy may not even ask who it is.
        environment.put("VAULT_TOKEN", "no-token");
        assertThat(run("verify").exit()).isEqualTo(77);
        Recorded.Line denied = lines().get(lines().size() - 1);
        assertThat(denied.brief()).isEqualTo("failure secret/audit#KEY: denied");
        assertThat(denied.get("identity")).isEmpty();
    }

    @Test
    void awsTellsTheArnAndWithoutAWayToStsTheAccessKey() throws Exception {
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            owner.createSecret(r -> r.name("audit/db").secretString(CANARY));
        }
        mapping(
                "aws: {type: aws-secrets-manager, region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\"}",
                "audit/db: db");
        environment.put("AWS_ENDPOINT_URL_STS", MOTO.endpoint().toString());
        assertThat(run("verify").exit()).isZero();
        assertThat(lines().get(0).get("identity")).startsWith("arn:aws:sts::123456789012:user/");
        environment.put("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9");
        run("verify");
        assertThat(lines().get(1).get("identity")).isEqualTo("access-key AKIAAPP");
    }

    @Test
    void initSaysWhatItReadForTheNamesOfKeys() throws Exception {
        store("db.json", "{\"password\": \"" + CANARY + "\"}");
        Launched made = run(
                "init",
                "--backend",
                "directory",
                "--path",
                "store",
                "--keys",
                "--audit",
                "audit.jsonl",
                "--output",
                "-");
        assertThat(made.exit()).isZero();
        assertThat(last(1)).containsExactly("fetch db.json#*");
        assertThat(lines().get(0).get("command")).isEqualTo("secret-agent init");
    }

    @Test
    void ageSaysWhenAProcessLastPickedEachUp() throws Exception {
        BAO.call(
                "POST", "secret/data/picked", "{\"data\": {\"KEY\": \"" + CANARY + "\", \"B\": \"" + CANARY + "-b\"}}");
        environment.put("VAULT_TOKEN", BAO.token());
        mapping(
                "bao: {type: vault, address: \"" + BAO.address() + "\"}",
                "secret/picked#KEY: key",
                "secret/picked#*: s.*");
        ChildJvm child = ChildJvm.on(Jdks.current()).agent(folder.resolve("secrets.yaml"));
        environment.forEach(child::environment);
        assertThat(child.run(ShowSecrets.class, "key").exit()).isZero();
        String time = lines().stream()
                .filter(line -> line.brief().startsWith("inject secret/picked#KEY "))
                .map(line -> line.get("time"))
                .max(String::compareTo)
                .orElseThrow();
        Launched age = run("age", "--audit", "audit.jsonl", "--json");
        assertThat(age.out())
                .contains("\"name\":\"secret/picked#KEY\"")
                .contains("\"pickedUp\":{\"time\":\"" + time + "\",\"process\":\"" + ShowSecrets.class.getName()
                        + ", pid ")
                .contains("\"version\":\"1\"}");
        BAO.call("POST", "secret/data/picked", "{\"data\": {\"KEY\": \"" + CANARY + "-new\"}}");
        assertThat(run("age", "--audit", "audit.jsonl").out())
                .contains("PICKED UP")
                .contains(time.substring(0, 19) + "Z an older version");
        assertThat(run("age").out()).doesNotContain("PICKED UP");
        Launched unread = run("age", "--audit", "nowhere.jsonl");
        assertThat(unread.exit()).isEqualTo(74);
        assertThat(unread.err()).contains("nowhere.jsonl cannot be read (NoSuchFileException)");
    }

    private void store(String name, String value) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("store")).resolve(name), value);
    }

    private void mapping(String backend, String... entries) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  " + backend + "\nsecrets:\n  " + backend.substring(0, backend.indexOf(':')) + ":\n    "
                        + String.join("\n    ", entries) + "\naudit: audit.jsonl\n");
    }

    private List<Recorded.Line> lines() throws IOException {
        return Recorded.in(folder.resolve("audit.jsonl"));
    }

    private List<String> last(int count) throws IOException {
        List<Recorded.Line> all = lines();
        return all.subList(all.size() - count, all.size()).stream()
                .map(Recorded.Line::brief)
                .toList();
    }

    private Launched run(String... arguments) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", "AKIAAPP",
                "AWS_SECRET_ACCESS_KEY", CANARY + "-access-key",
                "AWS_EC2_METADATA_DISABLED", "true"));
        variables.putAll(environment);
        Launched result = Launched.in(folder, variables, new ArrayList<>(List.of(arguments)).toArray(String[]::new));
        assertThat(result.all()).doesNotContain("canary");
        if (Files.exists(folder.resolve("audit.jsonl"))) {
            assertThat(Files.readString(folder.resolve("audit.jsonl"))).doesNotContain("canary");
        }
        return result;
    }
}
