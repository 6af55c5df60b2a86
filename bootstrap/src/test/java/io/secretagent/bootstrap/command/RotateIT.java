package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@code secret-agent rotate} and {@code rollback} as a shell runs them, against real stores. */
@Timeout(180)
class RotateIT {
    private static final String CANARY = "canary-71c0d2ea-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedForItsOwnerAndTheOneBeforeComesBack() throws Exception {
        Path file = stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        Launched rotated = run("rotate", "--generate", "32", "API_KEY");
        assertThat(rotated).isEqualTo(new Launched(0, "rotated API_KEY in store\n", ""));
        assertThat(Files.readString(file)).matches("[A-Za-z0-9]{32}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("rollback", "API_KEY").exit()).isZero();
        assertThat(Files.readString(file)).isEqualTo(CANARY);
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("API_KEY", "API_KEY.previous");
        }
    }

    @Test
    void aTestThatFailsStoresNothingAndShowsNothingOfTheCandidate() throws Exception {
        Path file = stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: {env: KEY}");
        Launched failed = run(
                "rotate",
                "--generate",
                "40",
                "--test",
                "echo tried $SECRET_AGENT_CANDIDATE; test ${#KEY} = 40 && exit 9",
                "API_KEY");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .isEqualTo("tried ***\nsecret-agent: secret API_KEY (backend store): the test ended with 9;"
                        + " nothing was stored\n");
        assertThat(run("rotate", "--generate", "40", "--dry-run", "--test", "true", "API_KEY")
                        .out())
                .isEqualTo("could rotate API_KEY in store\n");
        assertThat(Files.readString(file)).isEqualTo(CANARY);
    }

    /** The test command is the somebody else. */
    @Test
    void whatSomebodyElseHasWrittenIsNotOverwritten() throws Exception {
        Path file = stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        Launched refused = run("rotate", "--generate", "32", "--test", "printf theirs > store/API_KEY", "API_KEY");
        assertThat(refused.exit()).isEqualTo(75);
        assertThat(refused.err()).hasLineCount(1).contains("somebody else has changed it");
        assertThat(Files.readString(file)).isEqualTo("theirs");
    }

    @Test
    void aKubernetesVolumeIsRefused() throws Exception {
        stored("..2026_11/API_KEY", CANARY);
        Files.createSymbolicLink(folder.resolve("store/API_KEY"), Path.of("..2026_11/API_KEY"));
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        Launched refused = run("rotate", "--generate", "32", "API_KEY");
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.err()).hasLineCount(1).contains("nothing was stored");
    }

    @Test
    void aKeyIsReplacedWhereTheVaultDoesNotSayWhatIsMounted() throws Exception {
        BAO.call("POST", "secret/data/hid", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        try (HttpGate gate = new HttpGate(BAO.address())) {
            gate.forbid("/v1/sys/internal/ui/mounts");
            mapping("bao: {type: vault, address: \"" + gate.address() + "\"}", "secret/hid#KEY: key");
            assertThat(run("rotate", "--generate", "32", "secret/hid#KEY"))
                    .isEqualTo(new Launched(0, "rotated secret/hid#KEY in bao, version 2 after 1\n", ""));
            assertThat(read("secret/data/hid"))
                    .contains("\"KEY_OLD\":\"" + CANARY + "\"")
                    .containsPattern("\"KEY\":\"[A-Za-z0-9]{32}\"");
            assertThat(run("rollback", "secret/hid#KEY").exit()).isZero();
            assertThat(read("secret/data/hid")).contains("\"KEY\":\"" + CANARY + "\"");
        }
    }

    @Test
    void aKeyOfAVaultIsReplacedByCheckAndSet() throws Exception {
        BAO.call("POST", "secret/data/rot", "{\"data\": {\"KEY\": \"" + CANARY + "\", \"OTHER\": \"kept\"}}");
        mapping("bao: {type: vault, address: \"" + BAO.address() + "\"}", "secret/rot#KEY: key");
        Launched rotated = run("rotate", "--generate", "32", "--alphabet", "hex", "--json", "secret/rot#KEY");
        assertThat(rotated.err()).isEmpty();
        assertThat(rotated.out())
                .isEqualTo("{\"result\":\"rotated\",\"name\":\"secret/rot#KEY\",\"backend\":\"bao\","
                        + "\"versionBefore\":\"1\",\"version\":\"2\"}\n");
        assertThat(read("secret/data/rot"))
                .contains("\"KEY_OLD\":\"" + CANARY + "\"", "\"OTHER\":\"kept\"")
                .containsPattern("\"KEY\":\"[0-9a-f]{32}\"");
        assertThat(run("rollback", "secret/rot#KEY").exit()).isZero();
        assertThat(read("secret/data/rot")).contains("\"KEY\":\"" + CANARY + "\"");
        String theirs = "curl -sf -H \"X-Vault-Token: $VAULT_TOKEN\" -d '{\"data\":{\"KEY\":\"theirs\"}}' "
                + BAO.address() + "/v1/secret/data/rot > /dev/null";
        Launched refused = run("rotate", "--generate", "32", "--test", theirs, "secret/rot#KEY");
        assertThat(refused.exit()).isEqualTo(75);
        assertThat(read("secret/data/rot")).contains("\"KEY\":\"theirs\"");
    }

    /** The timeout is that of a call, and not of a person or a test. */
    @Test
    void whatTakesLongerThanTheTimeoutBetweenTheReadAndTheWriteIsNoMatter() throws Exception {
        BAO.call("POST", "secret/data/slow", "{\"data\": {\"KEY\": \"" + CANARY + "\"}}");
        mapping("bao: {type: vault, address: \"" + BAO.address() + "\"}", "secret/slow#KEY: key");
        Path mapping = folder.resolve("secrets.yaml");
        Files.writeString(mapping, "timeout: 2s\n" + Files.readString(mapping));
        assertThat(run("rotate", "--generate", "32", "--test", "sleep 3", "secret/slow#KEY"))
                .isEqualTo(new Launched(0, "rotated secret/slow#KEY in bao, version 2 after 1\n", ""));
    }

    @Test
    void aVersion1HasNoWayBackAndSaysSo() throws Exception {
        BAO.call("POST", "sys/mounts/old-rot", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "old-rot/a", "{\"KEY\": \"" + CANARY + "\"}");
        mapping("bao: {type: vault, address: \"" + BAO.address() + "\"}", "old-rot/a#KEY: key");
        assertThat(run("rotate", "--generate", "32", "old-rot/a#KEY").exit()).isZero();
        assertThat(read("old-rot/a")).containsPattern("\"KEY\":\"[A-Za-z0-9]{32}\"");
        Launched back = run("rollback", "old-rot/a#KEY");
        assertThat(back.exit()).isEqualTo(78);
        assertThat(back.err()).hasLineCount(1).contains("no versions");
    }

    @Test
    void anAwsSecretKeepsItsOtherKeysAndItsPreviousVersion() throws Exception {
        try (SecretsManagerClient owner = owner()) {
            owner.createSecret(r -> r.name("rot/db").secretString("{\"KEY\":\"" + CANARY + "\",\"port\":5432}"));
            mapping(
                    "aws: {type: aws-secrets-manager, region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\"}",
                    "rot/db#KEY: key");
            Launched rotated = run("rotate", "--generate", "32", "rot/db#KEY");
            assertThat(rotated.err()).isEmpty();
            assertThat(rotated.exit()).isZero();
            assertThat(owner.getSecretValue(r -> r.secretId("rot/db").versionStage("AWSCURRENT"))
                            .secretString())
                    .matches("\\{\"KEY\":\"[A-Za-z0-9]{32}\",\"port\":5432,\"KEY_OLD\":\"" + CANARY + "\"}");
            assertThat(owner.getSecretValue(r -> r.secretId("rot/db").versionStage("AWSPREVIOUS"))
                            .secretString())
                    .isEqualTo("{\"KEY\":\"" + CANARY + "\",\"port\":5432}");
            assertThat(run("rollback", "rot/db#KEY").exit()).isZero();
            assertThat(owner.getSecretValue(r -> r.secretId("rot/db").versionStage("AWSCURRENT"))
                            .secretString())
                    .contains("\"KEY\":\"" + CANARY + "\"");
            mapping(
                    "aws: {type: aws-secrets-manager, region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\"}",
                    "rot/db#port: port");
            assertThat(run("rotate", "--generate", "12", "rot/db#port").exit()).isZero();
            assertThat(run("rollback", "rot/db#port").exit()).isZero();
            assertThat(owner.getSecretValue(r -> r.secretId("rot/db").versionStage("AWSCURRENT"))
                            .secretString())
                    .contains("\"port\":5432,");
        }
    }

    @Test
    void standardInputIsTakenAsItIsLessOneNewline() throws Exception {
        Path file = stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        Wrapped shell = new Wrapped(folder);
        assertThat(shell.script("printf 'n\\303\\251w value\\r\\n\\n' | \"$RUN\" rotate --stdin API_KEY"))
                .isEqualTo(new Wrapped.Result(0, "rotated API_KEY in store\n", ""));
        assertThat(Files.readString(file)).isEqualTo("n\u00e9w value\r\n");
        for (String unfit : List.of("printf '\\n'", "printf 'n\\351w'", "head -c 1048577 /dev/zero")) {
            Wrapped.Result refused = shell.script(unfit + " | \"$RUN\" rotate --stdin API_KEY");
            assertThat(refused.exit()).as(unfit).isEqualTo(64);
            assertThat(refused.err()).as(unfit).hasLineCount(1);
        }
        assertThat(Files.readString(file)).isEqualTo("n\u00e9w value\r\n");
    }

    /** Such as a key store. */
    @Test
    void whatIsNoTextComesBackByteByByte() throws Exception {
        byte[] binary = {(byte) 0xff, (byte) 0xfe, 0, 'b', (byte) 0x80};
        Path file = Files.write(stored("KEYS", ""), binary);
        mapping("store: {type: directory, path: store}", "KEYS: {property: keys, encoding: base64}");
        assertThat(run("rotate", "--generate", "32", "KEYS").exit()).isZero();
        assertThat(run("rollback", "KEYS").exit()).isZero();
        assertThat(file).hasBinaryContent(binary);
        try (SecretsManagerClient owner = owner()) {
            owner.createSecret(r -> r.name("rot/keys").secretBinary(SdkBytes.fromByteArray(binary)));
            mapping(
                    "aws: {type: aws-secrets-manager, region: us-east-1, endpoint: \"" + MOTO.endpoint() + "\"}",
                    "rot/keys: {property: keys, encoding: base64}");
            assertThat(run("rotate", "--generate", "32", "rot/keys").exit()).isZero();
            assertThat(run("rollback", "rot/keys").exit()).isZero();
            assertThat(owner.getSecretValue(r -> r.secretId("rot/keys"))
                            .secretBinary()
                            .asByteArray())
                    .isEqualTo(binary);
        }
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aPersonTypesItTwiceUnseen(Jdks.Jdk jdk) throws Exception {
        Path file = stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        Files.copy(
                ChildJvm.testClasses().resolve("io/secretagent/bootstrap/command/person.py"),
                folder.resolve("person.py"));
        Files.writeString(folder.resolve("scenario.py"), """
                import os
                from person import Person
                for again, code in (('another-value', 64), ('typed-by-a-person', 0)):
                    p = Person('exec "$RUN" rotate API_KEY')
                    before = p.modes()
                    p.sees('New value of API_KEY: ')
                    p.types('typed-by-a-person\\n')
                    p.sees('Once more: ')
                    p.types(again + '\\n')
                    assert p.ends() == code, p.screen
                    assert 'typed-by' not in p.screen and again not in p.screen
                    assert p.modes() == before
                p = Person('exec "$RUN" rotate --json API_KEY >rotated')
                p.sees('New value of API_KEY: ')
                p.types('typed-by-another\\n')
                p.sees('Once more: ')
                p.types('typed-by-another\\n')
                assert p.ends() == 0 and 'typed-by' not in p.screen, p.screen
                p = Person('exec "$RUN" rotate API_KEY')
                before = p.modes()
                p.sees('New value of API_KEY: ')
                p.types('\\x03')
                p.sees('nothing was stored')
                assert p.ends() == 130 and p.modes() == before, p.screen
                """);
        assertThat(new Wrapped(folder)
                        .environment("SECRET_AGENT_JAVA", jdk.java().toString())
                        .script("exec python3 scenario.py"))
                .isEqualTo(new Wrapped.Result(0, "", ""));
        assertThat(Files.readString(file)).isEqualTo("typed-by-another");
        assertThat(Files.readString(folder.resolve("rotated"))).startsWith("{\"result\":\"rotated\"");
    }

    @Test
    void wrongUseIsToldInALine() throws Exception {
        stored("API_KEY", CANARY);
        mapping("store: {type: directory, path: store}", "API_KEY: api");
        assertThat(run("rotate", "API_KEY").exit()).isEqualTo(64);
        assertThat(run("rotate", "--stdin", "API_KEY").err()).contains("the new value is empty");
        assertThat(run("rotate", "--generate", "4", "API_KEY").exit()).isEqualTo(64);
        Launched unknown = run("rotate", "--generate", "32", "API_KEZ");
        assertThat(unknown.exit()).isEqualTo(66);
        assertThat(unknown.err()).hasLineCount(1).contains("API_KEY");
        assertThat(run("rollback", "API_KEY").exit()).isEqualTo(66);
    }

    private static SecretsManagerClient owner() {
        return SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static String read(String path) throws IOException, InterruptedException {
        return Json.text(BAO.call("GET", path, null));
    }

    private Path stored(String name, String value) throws IOException {
        Path file = folder.resolve("store").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, value);
    }

    private void mapping(String backend, String entry) throws IOException {
        String name = backend.substring(0, backend.indexOf(':'));
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  " + backend + "\nsecrets:\n  " + name + ":\n    " + entry + "\n");
    }

    private Launched run(String... arguments) throws Exception {
        Launched result = Launched.in(
                folder,
                Map.of(
                        "VAULT_TOKEN",
                        BAO.token(),
                        "AWS_ACCESS_KEY_ID",
                        "AKIAAPP",
                        "AWS_SECRET_ACCESS_KEY",
                        CANARY + "-access-key",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"),
                List.of(arguments).toArray(String[]::new));
        assertThat(result.all()).doesNotContain("canary");
        return result;
    }
}
