package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a vault to the system properties of an application that knows nothing of it. */
class AzureEndToEndIT {
    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final String KEY = "canary-key-8Kd2vQ";
    private static final String KEY_BEFORE = "canary-key-before-3Lw9";
    private static final String PASSWORD = "canary-password-Zt5\"\\é";
    private static final String DATABASE =
            "{\"username\":\"app\",\"password\":\"canary-password-Zt5\\\"\\\\é\",\"port\":5432}";

    @TempDir
    private Path folder;

    private AppService azure;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        azure.vault.put("OPENAI-API-KEY", new VaultStandIn.Version(OLD, KEY_BEFORE, true, Map.of()));
        azure.vault.put("OPENAI-API-KEY", new VaultStandIn.Version(NEW, KEY, true, Map.of()));
        azure.vault.put("DATABASE", new VaultStandIn.Version(NEW, DATABASE, true, Map.of()));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void injectsSecretsBeforeMain(Jdks.Jdk jdk) throws Exception {
        Path mapping = mapping("""
                secrets:
                  azure:
                    OPENAI-API-KEY:
                      - openai.api.key
                      - {property: openai.api.key.before, version: %s}
                    DATABASE#password: db.password
                    DATABASE#/port: db.port
                """.formatted(OLD));

        ChildJvm.Result result = onAppService(jdk, mapping)
                .run(ShowSecrets.class, "openai.api.key", "openai.api.key.before", "db.password", "db.port");

        assertThat(result.out().lines())
                .containsExactly(
                        ShowSecrets.line("openai.api.key", KEY),
                        ShowSecrets.line("openai.api.key.before", KEY_BEFORE),
                        ShowSecrets.line("db.password", PASSWORD),
                        ShowSecrets.line("db.port", "5432"));
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(azure.login.tokens).as("logins").hasValue(1);
        assertThat(azure.vault.reads).as("each version once").hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void doesNotStartWithoutARequiredSecret(Jdks.Jdk jdk) throws Exception {
        Path mapping = mapping("""
                secrets:
                  azure:
                    OPENAI-API-KEY: openai.api.key
                    NO-SUCH-KEY: other.key
                """);

        ChildJvm.Result result = onAppService(jdk, mapping).run(ShowSecrets.class, "openai.api.key");

        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.err()).contains("NO-SUCH-KEY", "azure").doesNotContain("canary", "eyJ");
        assertThat(result.out()).isEmpty();
    }

    /** The helper has the same store named, and not its password: it must connect without. */
    @ParameterizedTest
    @MethodSource("jdks")
    void fetchesTheVeryPasswordOfTheKeyStore(Jdks.Jdk jdk) throws Exception {
        Path mapping = mapping("""
                secrets:
                  azure:
                    OPENAI-API-KEY: javax.net.ssl.keyStorePassword
                """);

        ChildJvm.Result result = onAppService(jdk, mapping)
                .option("-Djavax.net.ssl.keyStore=" + azure.certificate.keyStore())
                .run(ShowSecrets.class, "javax.net.ssl.keyStorePassword");

        assertThat(result)
                .isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("javax.net.ssl.keyStorePassword", KEY) + "\n", ""));
    }

    private ChildJvm onAppService(Jdks.Jdk jdk, Path mapping) {
        return azure.on(jdk).agent(mapping);
    }

    private Path mapping(String secrets) throws IOException {
        Path mapping = Files.createFile(
                folder.resolve("secrets.yaml"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(mapping, azure.backends() + secrets, UTF_8);
    }
}
