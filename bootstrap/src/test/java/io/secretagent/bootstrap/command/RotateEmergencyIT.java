package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
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
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** {@code secret-agent rotate --emergency}, from the store to an application that runs. */
@Timeout(180)
class RotateEmergencyIT {
    private static final String CANARY = "canary-emergency-4b7d-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aRunningApplicationHasTheNewValueAndTheOldOneStaysMasked(Jdks.Jdk jdk) throws Exception {
        BAO.call("DELETE", "secret/metadata/leaked", null);
        BAO.call("POST", "secret/data/leaked", Json.text(Map.of("data", Map.of("KEY", CANARY, "KEY_OLD", "older"))));
        Path audit = Files.createDirectory(folder.resolve("log")).resolve("audit.jsonl");
        Path mapping = mapping(
                "refresh: 2s\naudit: " + audit + "\n",
                "bao: {type: vault, address: \"" + BAO.address() + "\"}",
                "secret/leaked#KEY: {property: key, provider: \"https://payments.example.com/keys\"}");
        try (LivingJvm living =
                LivingJvm.start(ChildJvm.on(jdk).agent(mapping).environment("VAULT_TOKEN", BAO.token()), folder)) {
            Launched rotated = run(BAO.token(), "rotate", "--emergency", "--generate", "32", "secret/leaked#KEY");
            assertThat(rotated).isEqualTo(new Launched(0, """
                            rotated secret/leaked#KEY in bao, version 2 after 1
                            the value before, version 1, is deleted
                            now revoke the old value at https://payments.example.com/keys
                            property key of running applications has the new one within 2 s, at once with secret-agent refresh PID
                            """, ""));
            Map<?, ?> stored = stored("secret/data/leaked");
            assertThat(stored.keySet()).hasToString("[KEY]");
            String fresh = String.valueOf(stored.get("KEY"));
            living.awaitProperty("key", fresh);
            living.tell("print " + CANARY);
            living.tell("say key");
            assertThat(living.end()).isZero();
            assertThat(living.out()).contains("\n***\nthe value is <***>\n");
            assertThat(living.err()).isEmpty();
            assertThat(living.all() + Files.readString(audit)).doesNotContain(CANARY, fresh);
        }
        assertThat(BAO.status("GET", "secret/data/leaked?version=1", null)).isEqualTo(404);
        List<Recorded.Line> lines = Recorded.in(audit);
        assertThat(lines.stream().map(line -> line.get("version") + " " + line.brief()))
                .containsSubsequence("2 rotate secret/leaked#KEY", "1 revoked secret/leaked#KEY: retired")
                .contains("2 refresh secret/leaked#KEY property key");
        assertThat(lines)
                .filteredOn(line -> line.get("event").equals("revoked"))
                .allSatisfy(line -> assertThat(line.who()).startsWith("user "));
        assertThat(Launched.in(folder, Map.of(), "audit", "verify", audit.toString())
                        .exit())
                .isZero();
    }

    @Test
    void whereTheOldVersionMayNotBeDeletedTheNewOneIsStoredAndItIsSaid() throws Exception {
        BAO.call("POST", "secret/data/kept", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        BAO.call(
                "PUT",
                "sys/policies/acl/writer",
                "{\"policy\": \"path \\\"secret/data/*\\\" { capabilities = [\\\"read\\\", \\\"update\\\"] }\"}");
        Path mapping =
                mapping("", "bao: {type: vault, address: \"" + BAO.address() + "\"}", "secret/kept#KEY: {env: KEY}");
        Launched rotated =
                run(BAO.tokenWith("writer"), "rotate", "--emergency", "--generate", "32", "--json", "secret/kept#KEY");
        assertThat(rotated.exit()).isEqualTo(77);
        assertThat(rotated.err())
                .isEqualTo("secret-agent: " + mapping + ":5:5: secret secret/kept#KEY (backend bao): the new value is"
                        + " stored, and the one before, version 1, is as it was: denied by policy (403); grant update on"
                        + " \"secret/delete/kept\"\n");
        assertThat(rotated.out())
                .isEqualTo("{\"result\":\"rotated\",\"name\":\"secret/kept#KEY\",\"backend\":\"bao\","
                        + "\"versionBefore\":\"1\",\"version\":\"2\",\"oldVersion\":null,\"provider\":null,"
                        + "\"uses\":[{\"targets\":[\"env KEY\"],\"refreshSeconds\":null}]}\n");
        assertThat(stored("secret/data/kept").keySet()).hasToString("[KEY]");
    }

    @Test
    void anAwsVersionLosesItsStage() throws Exception {
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            String first = owner.createSecret(r -> r.name("leaked").secretString(CANARY))
                    .versionId();
            mapping(
                    "",
                    "aws: {type: aws-secrets-manager, region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\"}",
                    "leaked: key");
            Launched rotated = run("", "rotate", "--emergency", "--generate", "32", "leaked");
            assertThat(rotated.err()).isEmpty();
            assertThat(rotated.out())
                    .contains("\nthe value before, version " + first
                            + ", is without a stage, and AWS deletes it in time\n");
            assertThatThrownBy(
                            () -> owner.getSecretValue(r -> r.secretId("leaked").versionStage("AWSPREVIOUS")))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThat(owner.getSecretValue(r -> r.secretId("leaked").versionStage("AWSCURRENT"))
                            .secretString())
                    .matches("[A-Za-z0-9]{32}");
        }
    }

    @Test
    void aFilesOldContentIsNotKept() throws Exception {
        Path file = Files.createDirectory(folder.resolve("store")).resolve("KEY");
        Files.writeString(file, CANARY);
        mapping("", "store: {type: directory, path: store}", "KEY: key");
        Launched rotated = run("", "rotate", "--emergency", "--generate", "32", "KEY");
        assertThat(rotated).isEqualTo(new Launched(0, """
                        rotated KEY in store
                        the value before is deleted
                        now revoke the old value at its provider, which the mapping does not tell (provider:)
                        restart what reads property key: it has no refresh:
                        """, ""));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    private Path mapping(String top, String backend, String entry) throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                top + "backends:\n  " + backend + "\nsecrets:\n  " + backend.substring(0, backend.indexOf(':'))
                        + ":\n    " + entry + "\n");
    }

    private Launched run(String token, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--mapping", folder.resolve("secrets.yaml").toString()));
        return Launched.in(
                folder,
                Map.of(
                        "VAULT_TOKEN", token,
                        "AWS_ACCESS_KEY_ID", "AKIAAPP",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_EC2_METADATA_DISABLED", "true"),
                all.toArray(String[]::new));
    }

    private static Map<?, ?> stored(String path) throws IOException, InterruptedException {
        Map<?, ?> data =
                (Map<?, ?>) Objects.requireNonNull(BAO.call("GET", path, null).get("data"));
        return (Map<?, ?>) Objects.requireNonNull(data.get("data"));
    }
}
