package io.secretagent.bootstrap.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.secretagent.audit.AuditSettings;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import io.secretagent.bootstrap.mapping.Template.Form;
import io.secretagent.bootstrap.mapping.Template.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingParserTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void readsTheBackendsOfTheDesign() throws Exception {
        Mapping mapping = MappingFiles.parse(folder, MappingFiles.resource("design.yaml"));
        String file = folder.resolve("secrets.yaml").toString();

        assertThat(mapping.backends().values())
                .containsExactly(
                        new BackendSettings.AzureKeyVault(
                                "azure",
                                new Place(file, 2, 3),
                                URI.create("https://paracle-prod-keys.vault.azure.net"),
                                null,
                                null,
                                null,
                                true,
                                null),
                        new BackendSettings.AwsSecretsManager(
                                "aws", new Place(file, 3, 3), "us-east-1", null, null, null),
                        new BackendSettings.Vault(
                                "vault",
                                new Place(file, 4, 3),
                                URI.create("https://vault.paracle.com"),
                                null,
                                null,
                                null,
                                null,
                                null,
                                new VaultAuth.Kubernetes(
                                        "kubernetes",
                                        "paracle",
                                        Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token")),
                                null),
                        new BackendSettings.Directory("mounted", new Place(file, 5, 3), Path.of("/mnt/secrets"), null));
    }

    @Test
    void readsTheSecretsOfTheDesign() throws Exception {
        Mapping mapping = MappingFiles.parse(folder, MappingFiles.resource("design.yaml"));

        assertThat(mapping.entries())
                .extracting(
                        entry -> entry.name().backend(),
                        entry -> entry.name().path(),
                        entry -> entry.name().selection(),
                        entry -> entry.injection().property())
                .containsExactly(
                        tuple("azure", "OPENAI-API-KEY", new Selection.Whole(), "openai.api.key"),
                        tuple("aws", "paracle/prod/api-keys", new Selection.Field("CLAUDE_API_KEY"), "claude.api.key"),
                        tuple("aws", "paracle/prod/database", new Selection.AllFields(), "db.*"),
                        tuple("aws", "paracle/prod/database", new Selection.Whole(), "spring.datasource.url"),
                        tuple(
                                "vault",
                                "secret/paracle/prod",
                                new Selection.Field("DATABASE_PASSWORD"),
                                "spring.datasource.password"),
                        tuple("mounted", "SENTRY_DSN", new Selection.Whole(), "sentry.dsn"));
        assertThat(requireNonNull(mapping.entries().get(3).injection().template())
                        .parts())
                .containsExactly(
                        new Part.Literal("jdbc:postgresql://"),
                        new Part.Field("host", Form.PLAIN),
                        new Part.Literal(":"),
                        new Part.Field("port", Form.PLAIN),
                        new Part.Literal("/"),
                        new Part.Field("database", Form.PLAIN));
        Entry vault = mapping.entries().get(4);
        assertThat(vault.injection().env()).isEqualTo("DATABASE_PASSWORD");
        assertThat(vault.policy()).isEqualTo(new Entry.Policy(Duration.ofDays(90), "P0", "PostgreSQL", null));
        assertThat(vault.place().line()).isEqualTo(17);
        assertThat(mapping.entries()).extracting(Entry::required).containsExactly(true, true, true, true, true, false);
        assertThat(mapping.options())
                .isEqualTo(new Mapping.Options(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Mapping.Startup.WAIT,
                        new Mapping.Mask(6, "***", true),
                        new AuditSettings("/var/log/secret-agent/audit.jsonl", true, true, 10 << 20, 5, null),
                        true,
                        List.of(),
                        GuardLevels.UNSET));
    }

    @Test
    void findsNothingWrongWithWhatIsRight() {
        assertThat(MappingFiles.lines(folder, MappingFiles.resource("design.yaml")))
                .isEmpty();
    }

    @Test
    void readsTheAudit() throws Exception {
        assertThat(audit("stderr")).isEqualTo(new AuditSettings("stderr", false, true, 10 << 20, 5, null));
        assertThat(audit("logs/audit.jsonl"))
                .isEqualTo(new AuditSettings(
                        folder.resolve("logs/audit.jsonl").toString(), false, true, 10 << 20, 5, null));
        assertThat(audit("{syslog: \"udp://${LOGHOST:-127.0.0.1}\", max-size: 64KiB}"))
                .isEqualTo(new AuditSettings(null, false, true, 64 << 10, 5, "udp://127.0.0.1"));
        assertThat(MappingFiles.parse(folder, MappingFiles.resource("everything.yaml"))
                        .options()
                        .audit())
                .isEqualTo(new AuditSettings(
                        folder.resolve("logs/audit.jsonl").toString(), true, false, 2 << 20, 0, "tls://loghost:6514"));
    }

    private @Nullable AuditSettings audit(String yaml) throws Exception {
        return MappingFiles.parse(
                        folder,
                        "backends: {aws: {type: aws-secrets-manager}}\nsecrets: {aws: {a: a}}\naudit: " + yaml + "\n")
                .options()
                .audit();
    }

    @Test
    void readsEverything() throws Exception {
        Mapping mapping = MappingFiles.parse(folder, MappingFiles.resource("everything.yaml"));

        BackendSettings.Vault vault =
                (BackendSettings.Vault) requireNonNull(mapping.backends().get("kubernetes"));
        assertThat(vault.ca()).isEqualTo(folder.resolve("tls/ca.pem"));
        assertThat(vault.clientKey()).isEqualTo(Path.of("/etc/tls/client.key"));
        assertThat(vault.kvVersion()).isEqualTo(2);
        assertThat(vault.refresh()).isEqualTo(Duration.ofMillis(500));
        assertThat(auth(mapping, "approle"))
                .isEqualTo(new VaultAuth.AppRole("m", "r", new VaultAuth.SecretId.Text(MappingFiles.CANARY)));
        assertThat(auth(mapping, "approle-none"))
                .isEqualTo(new VaultAuth.AppRole("approle", "r", new VaultAuth.SecretId.None()));
        assertThat(auth(mapping, "plain")).isEqualTo(new VaultAuth.Token(null));
        assertThat(auth(mapping, "iam")).isEqualTo(new VaultAuth.AwsIam("aws", "r", "v", "us-east-1"));
        assertThat(mapping.toString()).doesNotContain(MappingFiles.CANARY);

        assertThat(mapping.entries())
                .extracting(entry -> entry.name().path())
                .contains("prod/api-keys", "prod/database", "secret/app#a");
        Entry pointer = mapping.entries().get(1);
        assertThat(pointer.name().selection()).isEqualTo(new Selection.Pointer("/providers/open~1ai"));
        assertThat(pointer.name().text()).isEqualTo("${ENV}/api-keys#/providers/open~1ai");
        assertThat(pointer.defaultValue()).isEmpty();
        assertThat(pointer.reading().stage()).isEqualTo("AWSPREVIOUS");
        assertThat(requireNonNull(mapping.entries().get(4).injection().template())
                        .parts())
                .containsExactly(
                        new Part.Literal("jdbc:postgresql://"),
                        new Part.Field("user", Form.URL),
                        new Part.Literal(":"),
                        new Part.Field("password", Form.RAW),
                        new Part.Literal("@"),
                        new Part.Field("host", Form.PLAIN),
                        new Part.Literal("/{x}${y}"));
        assertThat(mapping.entries().get(5).defaultValue()).isEqualTo("1.10");
        assertThat(mapping.entries().get(6).injection().property()).isEqualTo("old.name");
        assertThat(mapping.entries().get(7).onRevoked()).isEqualTo(Entry.OnRevoked.EXIT);
        assertThat(mapping.entries().get(8).reading().trim()).isFalse();
        assertThat(mapping.options().mask()).isEqualTo(new Mapping.Mask(8, "[masked]", false));
    }

    @Test
    void expandsOnceAndEscapes() throws Exception {
        Path file = Files.writeString(folder.resolve("secrets.yaml"), """
                backends: {b: {type: aws-secrets-manager, profile: "${A}-${B:-x}-${EMPTY:-y}-$${A}"}}
                secrets: {b: {"$${A}": a}}
                """);
        Mapping mapping = new MappingParser(Map.of("A", "${B}", "EMPTY", "")).parse(file);

        assertThat(mapping.backends().get("b")).extracting("profile").isEqualTo("${B}-x-y-${A}");
        assertThat(mapping.entries().get(0).name().path()).isEqualTo("${A}");
    }

    @Test
    void takesVaultsAddressFromItsVariable() throws Exception {
        Path file = Files.writeString(
                folder.resolve("secrets.yaml"), "backends: {b: {type: vault}}\nsecrets: {b: {a: a}}\n");
        Mapping mapping = new MappingParser(Map.of("VAULT_ADDR", "https://v:8200")).parse(file);
        assertThat(mapping.backends().get("b")).extracting("address").isEqualTo(URI.create("https://v:8200"));
    }

    @Test
    void warnsOfUnusedBackendsAndRandomText() {
        String yaml = """
                backends: {b: {type: directory, path: d}, c: {type: directory, path: d}}
                secrets: {b: {a: {property: a, default: x7Kq9ZpL2mN4vB8tR1wY6cD3}}}
                """;
        assertThat(MappingFiles.lines(folder, yaml))
                .isEqualTo(List.of(
                        "secrets.yaml:1:43: warning: backend c has no secrets; remove it, or map secrets of it",
                        "secrets.yaml:2:41: warning: SA102: this looks random, as a secret does;"
                                + " if it is one, keep it in a backend and write its name here"
                                + " (guards: {SA102: off} turns this off)"));
    }

    @Test
    void takesACommandsPathFromTheMappingAndItsNameFromThePath() throws Exception {
        String yaml = """
                refresh: 5m
                on-change: [./bin/reload, ./now]
                backends: {b: {type: directory, path: d}}
                secrets: {b: {a: a}}
                """;
        assertThat(MappingFiles.parse(folder, yaml).options().onChange())
                .containsExactly(folder.resolve("bin/reload").toString(), "./now");
        assertThat(MappingFiles.parse(folder, yaml.replace("./bin/reload", "reload"))
                        .options()
                        .onChange())
                .containsExactly("reload", "./now");
        assertThat(MappingFiles.lines(folder, yaml.replace("refresh: 5m\n", "")))
                .containsExactly("secrets.yaml:1:1: warning: on-change is never run, for nothing is refreshed;"
                        + " set refresh: 5m");
    }

    @Test
    void keepsVariablesWithProductNamesInAddresses() throws Exception {
        Path file = Files.writeString(folder.resolve("secrets.yaml"), """
                backends: {b: {type: azure-key-vault, url: "https://${KEY_VAULT_NAME}.vault.azure.net"}}
                secrets: {b: {a: a}}
                """);
        Mapping mapping = new MappingParser(Map.of("KEY_VAULT_NAME", "v")).parse(file);
        assertThat(mapping.backends().get("b")).extracting("url").isEqualTo(URI.create("https://v.vault.azure.net"));
    }

    private static VaultAuth auth(Mapping mapping, String backend) {
        return ((BackendSettings.Vault) requireNonNull(mapping.backends().get(backend))).auth();
    }

    @Test
    void refusesAMappingThatOthersCanWrite(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.toRealPath().resolve("secrets.yaml"),
                "backends: {b: {type: directory, path: d}}\nsecrets: {b: {a: a}}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> new MappingParser(Map.of()).parse(file))
                .hasMessage(file + ":1:1: the file is writable by group or others; chmod go-w " + file);
    }
}
