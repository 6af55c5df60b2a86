package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** {@code secret-agent init} as a shell runs it; what it writes is what {@code verify} takes. */
@Timeout(180)
class InitIT {
    private static final String CANARY = "canary-1f7c44d0-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    /** A device would be gone for all, and a pipe for who reads it. */
    @Test
    void whatIsNoFileIsNotReplaced() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("store")).resolve("KEY"), "canary");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Launched refused = Launched.in(
                folder, Map.of(), "init", "--backend", "directory", "--path", "store", "--force", "--output", "pipe");
        assertThat(refused.exit()).isEqualTo(64);
        assertThat(refused.err()).hasLineCount(1).contains("pipe is no file");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void aFolderOfKubernetesBecomesAMappingThatIsAllThere() throws Exception {
        Path store = folder.resolve("store");
        Path data = store.resolve("..2026_11_24");
        Files.createDirectories(data.resolve("sub"));
        for (String name :
                List.of("DB-PASSWORD", "db_password", "user-name", "java-home", "sub/Kafka.Password", "a b")) {
            Files.writeString(data.resolve(name), CANARY);
        }
        Files.writeString(data.resolve("app.env"), "OPENAI_API_KEY=" + CANARY + "\nTOKEN=" + CANARY + "\n");
        Files.writeString(data.resolve("EMPTY"), "");
        Files.writeString(data.resolve("sk-ant-api03-abcdefghijklmnop"), CANARY);
        Files.createSymbolicLink(store.resolve("..data"), Path.of("..2026_11_24"));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Path name = data.relativize(file);
                Files.createSymbolicLink(store.resolve(name), Path.of("..data").resolve(name));
            }
        }
        Files.createSymbolicLink(store.resolve("circle"), Path.of("../store"));
        Files.createSymbolicLink(store.resolve("out"), Files.writeString(folder.resolve("outside"), CANARY));

        Launched result = run(Map.of(), "--backend", "directory", "--path", "store");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("secret-agent: wrote secrets.yaml: 7 entries, and 4 names left out, told at its end\n");
        String mapping = mapping();
        assertThat(mapping)
                .contains("""
                            DB-PASSWORD:
                              property: db.password
                              # env: DB_PASSWORD
                              # rotate: 90d
                              # priority: P1
                              # provider: https://
                        """)
                .contains("    db_password:\n      property: db.password.2\n      # env: DB_PASSWORD_2\n")
                .contains("    user-name:\n      property: secret.user.name\n")
                .contains("    java-home:\n      property: secret.java.home\n      # env: SECRET_JAVA_HOME\n")
                .contains("    sub/Kafka.Password:\n      property: sub.kafka.password\n")
                .contains("    'a b':\n      property: a.b\n")
                .contains("    app.env#*:\n      property: app.*\n      # env: APP_*\n")
                .contains("#   EMPTY: empty\n")
                .contains("#   circle/: a link to a folder that it is in\n")
                .contains("#   out: it is a link that leads out of ")
                .contains("#   (not shown): this looks like a secret itself (an Anthropic key)\n")
                .doesNotContain("..data", "canary", "api03");
        assertVerified(Map.of(), 8);
        assertThat(result.all()).doesNotContain("canary");
    }

    @Test
    void keysAreReadOnlyWhenAskedFor() throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        Files.writeString(
                store.resolve("database"),
                "{\"username\": \"u\", \"password\": \"" + CANARY + "\", \"password_OLD\": \"" + CANARY
                        + "\", \"none\": null, \"a#b\": \"" + CANARY + "\"}");
        Files.write(store.resolve("keystore"), new byte[] {(byte) 0xFF, (byte) 0xFE, 1, 2, 3, 4});
        Launched names = run(Map.of(), "--backend", "directory", "--path", "store", "--output", "-");
        assertThat(names.exit()).isZero();
        assertThat(names.out())
                .contains("    database:\n      property: database\n")
                .doesNotContain("username");
        assertThat(folder.resolve("secrets.yaml")).doesNotExist();
        Launched keys = run(Map.of(), "--backend", "directory", "--path", "store", "--keys", "--env", "--quiet");
        assertThat(keys).isEqualTo(new Launched(0, "", ""));
        assertThat(mapping())
                .contains("    database#username:\n      property: database.username\n      env: DATABASE_USERNAME\n")
                .contains("    database#password:\n      property: database.password\n")
                .contains("    database#/a#b:\n")
                .contains("    keystore:\n      property: keystore\n      encoding: base64")
                .doesNotContain("OLD", "none", "canary");
        assertVerified(Map.of(), 4);
    }

    @Test
    void namesOfAwsComeInPagesAndKeepTheVariableOfTheirPrefix() throws Exception {
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            for (int i = 0; i < 120; i++) {
                String name = "paracle/prod/key-" + i;
                owner.createSecret(r -> r.name(name).secretString(CANARY));
            }
            owner.createSecret(r -> r.name("paracle/prod/api-keys")
                    .secretString("{\"OPENAI_API_KEY\": \"" + CANARY + "\", \"CLAUDE_API_KEY\": \"" + CANARY + "\"}"));
            owner.createSecret(
                    r -> r.name("paracle/prod/store").secretBinary(SdkBytes.fromByteArray(new byte[] {-1, -2})));
            owner.createSecret(r -> r.name("paracle/prod/gone").secretString(CANARY));
            owner.deleteSecret(r -> r.secretId("paracle/prod/gone"));
            owner.createSecret(r -> r.name("paracle/staging/other").secretString(CANARY));
        }
        Map<String, String> environment = new HashMap<>(aws());
        environment.put("ENVIRONMENT", "prod");
        Launched result = run(
                environment,
                "--backend",
                "aws",
                "--region",
                "us-east-1",
                "--endpoint",
                MOTO.endpoint().toString(),
                "--prefix",
                "paracle/${ENVIRONMENT}/",
                "--keys");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEqualTo("secret-agent: wrote secrets.yaml: 123 entries\n");
        assertThat(mapping())
                .contains("    paracle/${ENVIRONMENT}/api-keys#OPENAI_API_KEY:\n      property: openai.api.key\n")
                .contains("    paracle/${ENVIRONMENT}/key-119:\n      property: key.119\n")
                .contains("    paracle/${ENVIRONMENT}/store:\n      property: store\n      encoding: base64")
                .doesNotContain("staging", "gone", "canary");
        assertVerified(environment, 123);
        Launched unset =
                run(aws(), "--backend", "aws", "--region", "us-east-1", "--prefix", "${ENVIRONMENT}/", "--force");
        assertThat(unset.exit()).isEqualTo(78);
        assertThat(unset.err()).hasLineCount(1).contains("${ENVIRONMENT} in --prefix is not set");
        Launched nothing = run(
                aws(),
                "--backend",
                "aws",
                "--region",
                "us-east-1",
                "--endpoint",
                MOTO.endpoint().toString(),
                "--prefix",
                "no/such/",
                "--force");
        assertThat(nothing.exit()).isEqualTo(66);
        assertThat(nothing.err()).hasLineCount(1).contains("there is no secret to map below no/such/");
    }

    @Test
    void foldersOfBothVersionsOfKvAreListed() throws Exception {
        BAO.call("POST", "sys/mounts/legacy", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "legacy/one/smtp", "{\"password\": \"" + CANARY + "\"}");
        for (String path : List.of("init/prod", "init/prod/deep/er/db", "init/gone")) {
            BAO.call("POST", "secret/data/" + path, "{\"data\": {\"API_KEY\": \"" + CANARY + "\"}}");
        }
        BAO.call("DELETE", "secret/data/init/gone", null);
        String address = BAO.address().toString();
        Map<String, String> root = Map.of("VAULT_TOKEN", BAO.token(), "VAULT_ADDR", address);
        Launched two = run(root, "--backend", "vault", "--prefix", "secret/init/");
        assertThat(two.exit()).isZero();
        assertThat(mapping())
                .contains("    secret/init/prod#*:\n      property: prod.*\n")
                .contains("    secret/init/prod/deep/er/db#*:\n      property: prod.deep.er.db.*\n")
                .contains("#   secret/init/gone: version 1 is deleted or destroyed\n")
                .contains("    # In a pod: auth: {method: kubernetes, role: NAME}.");
        assertVerified(root, 2);
        Launched both = run(root, "--backend", "vault", "--address", address, "--keys", "--output", "-");
        assertThat(both.out())
                .contains("    legacy/one/smtp#password:\n      property: legacy.one.smtp.password\n")
                .contains("    secret/init/prod#API_KEY:\n      property: api.key\n");

        BAO.policy("readers", "secret/data/init/*");
        BAO.call(
                "PUT",
                "sys/policies/acl/listers",
                Json.text(Map.of("policy", "path \"secret/metadata/init/*\" { capabilities = [\"list\"] }")));
        Launched denied = run(
                Map.of("VAULT_TOKEN", BAO.tokenWith("readers"), "VAULT_ADDR", address),
                "--backend",
                "vault",
                "--prefix",
                "secret/init/",
                "--force");
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.err())
                .hasLineCount(1)
                .contains("path \"secret/metadata/init/*\" { capabilities = [\"list\", \"read\"] }");
        Launched listed = run(
                Map.of("VAULT_TOKEN", BAO.tokenWith("listers"), "VAULT_ADDR", address),
                "--backend",
                "vault",
                "--prefix",
                "secret/init/",
                "--output",
                "-");
        assertThat(listed.exit()).isZero();
        assertThat(listed.out()).contains("secret/init/prod#*:", "secret/init/gone#*:");
        assertThat(two.all() + both.all() + denied.all() + listed.all()).doesNotContain("canary");
    }

    @Test
    void aVaultIsListedByTheLoginThatTheMappingWillHave() throws Exception {
        BAO.call("POST", "secret/data/login/db", "{\"data\": {\"PASSWORD\": \"" + CANARY + "\"}}");
        BAO.call(
                "PUT",
                "sys/policies/acl/login",
                Json.text(Map.of(
                        "policy",
                        "path \"secret/metadata/login/*\" { capabilities = [\"list\", \"read\"] }\n"
                                + "path \"secret/data/login/*\" { capabilities = [\"read\"] }")));
        BAO.call("POST", "sys/auth/approle", "{\"type\": \"approle\"}");
        BAO.call("POST", "auth/approle/role/login", "{\"token_policies\": \"login\"}");
        Files.writeString(folder.resolve("secret-id"), data("POST", "secret-id", "secret_id"));
        String login = "method: approle, role-id: " + data("GET", "role-id", "role_id") + ", secret-id-file: secret-id";
        Map<String, String> noToken = Map.of("VAULT_ADDR", BAO.address().toString());
        Launched listed = run(noToken, "--backend", "vault", "--prefix", "secret/login/", "--keys", "--auth", login);
        assertThat(listed.exit()).as(listed.all()).isZero();
        assertThat(mapping())
                .contains("    auth: {" + login + "}\n", "    secret/login/db#PASSWORD:\n")
                .doesNotContain("# In a pod");
        assertVerified(noToken, 1);

        Files.writeString(folder.resolve("secret-id"), "canary-wrong");
        Launched refused = run(noToken, "--backend", "vault", "--auth", "{" + login + "}", "--output", "-");
        assertThat(refused.exit()).isEqualTo(77);
        assertThat(refused.err()).hasLineCount(1).contains("login with approle at auth/approle is refused");
        Launched wrong = run(noToken, "--backend", "vault", "--auth", "method: aprole", "--output", "-");
        assertThat(wrong.exit()).isEqualTo(78);
        assertThat(wrong.err()).hasLineCount(1).contains("approle");
        assertThat(run(noToken, "--backend", "vault", "--auth", "method: cert\nx: y", "--output", "-")
                        .exit())
                .isEqualTo(64);
        assertThat(listed.all() + refused.all()).doesNotContain("canary");
    }

    private static String data(String method, String path, String key) throws Exception {
        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(
                BAO.call(method, "auth/approle/role/login/" + path, method.equals("POST") ? "{}" : null)
                        .get("data"));
        return (String) Objects.requireNonNull(answer.get(key));
    }

    private void assertVerified(Map<String, String> environment, int rows) throws Exception {
        Launched verified = Launched.in(folder, environment, "verify");
        assertThat(verified.exit()).as(verified.all()).isZero();
        assertThat(verified.out().lines().skip(1)).hasSize(rows).allMatch(line -> line.startsWith("OK "));
        assertThat(verified.all()).doesNotContain("canary");
    }

    private String mapping() throws IOException {
        return Files.readString(folder.resolve("secrets.yaml"));
    }

    private static Map<String, String> aws() {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIAAPP",
                "AWS_SECRET_ACCESS_KEY",
                CANARY + "-access-key",
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    private Launched run(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "init";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Launched.in(Objects.requireNonNull(folder), environment, all);
    }
}
