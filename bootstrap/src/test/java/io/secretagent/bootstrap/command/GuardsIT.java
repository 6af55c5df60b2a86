package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The guards where people meet them: in {@code verify}, in {@code run} and at an application's start. */
@Timeout(120)
class GuardsIT {
    private static final String CANARY = "canary-5d2e90b7-long";
    private static final String WEAK = "Changeme-2931";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY + "\n");
        Files.writeString(store.resolve("COPY"), CANARY + "\n");
        Files.writeString(store.resolve("WEAK"), WEAK + "\n");
    }

    @Test
    void verifyTellsOfAWeakValueAndNothingOfIt() throws Exception {
        mapping("", "WEAK: app.key", "API_KEY: api.key");
        Launched warned = run("verify");
        assertThat(warned.exit()).isZero();
        assertThat(warned.err())
                .isEqualTo("secret-agent: secrets.yaml:5:5: warning: SA105: secret WEAK (backend store) has a default"
                        + " or weak value; store a generated one, of 16 characters or more"
                        + " (guards: {SA105: off} turns this off)\n");
        Launched strict = run("verify", "--strict");
        assertThat(strict.exit()).isEqualTo(78);
        assertThat(strict.err())
                .contains("secrets.yaml:5:5: SA105: secret WEAK")
                .hasLineCount(1);
        Launched json = run("verify", "--json");
        Map<?, ?> problem = (Map<?, ?>) problems(json).get(0);
        assertThat(problems(json)).hasSize(1);
        assertThat(problem.get("code")).isEqualTo("SA105");
        assertThat(problem.get("severity")).isEqualTo("warning");
        assertThat(warned.all() + strict.all() + json.all()).doesNotContainIgnoringCase("canary", "changeme", "2931");
    }

    @Test
    void eachGuardHasASwitchForTheMappingAndForTheSecret() throws Exception {
        mapping("guards: {SA105: off}\n", "WEAK: app.key");
        assertThat(run("verify", "--strict").all()).doesNotContain("SA105");
        mapping("", "WEAK: {property: app.key, guards: {all: off}}");
        Launched off = run("verify", "--strict");
        assertThat(off.exit()).isZero();
        assertThat(off.err()).isEmpty();
        mapping("guards: {all: error}\n", "WEAK: {property: app.key, guards: {SA105: warning}}");
        assertThat(run("verify").exit()).isZero();
        mapping("guards: {all: error}\n", "WEAK: app.key");
        assertThat(run("verify").exit()).isEqualTo(78);
    }

    @Test
    void oneValueUnderTwoNames() throws Exception {
        mapping("", "API_KEY: api.key", "COPY: copy.key");
        Launched warned = run("verify");
        assertThat(warned.exit()).isZero();
        assertThat(warned.err())
                .startsWith("secret-agent: secrets.yaml:6:5: warning: SA107: secret COPY (backend store) has the value"
                        + " of API_KEY at secrets.yaml:5:5; give each")
                .hasLineCount(1)
                .doesNotContain("canary");
        assertThat(run("verify", "--strict").exit()).isEqualTo(78);
        mapping("", "API_KEY: api.key", "COPY: {property: copy.key, guards: {SA107: off}}");
        assertThat(run("verify", "--strict").err()).isEmpty();
        mapping("", "API_KEY: [api.key, again.key]");
        assertThat(run("verify", "--strict").err()).isEmpty();
    }

    @Test
    void weakAndRepeatedValuesOfAVault() throws Exception {
        BAO.call(
                "POST",
                "secret/data/guards",
                "{\"data\": {\"PASSWORD\": \"hunter-2931\", \"username\": \"shop\", \"PORT\": 5432, \"TOKEN\": \""
                        + CANARY + "\", \"TOKEN_OLD\": \"" + CANARY + "\", \"OTHER\": \"" + CANARY + "\"}}");
        String mapping = "backends:\n  bao: {type: vault, address: \"" + BAO.address()
                + "\"}\nsecrets:\n  bao:\n    secret/guards#*: shop.*\n";
        Files.writeString(folder.resolve("secrets.yaml"), mapping);
        Launched warned = Launched.in(folder, Map.of("VAULT_TOKEN", BAO.token()), "verify");
        assertThat(warned.exit()).isZero();
        assertThat(warned.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("SA105: secret secret/guards#PASSWORD (backend bao)"))
                .anyMatch(line -> line.contains("SA107: secret secret/guards#"));
        assertThat(warned.all()).doesNotContain("hunter", "canary", BAO.token());
        Files.writeString(folder.resolve("secrets.yaml"), mapping + "guards: {SA105: off, SA107: off}\n");
        Launched off = Launched.in(folder, Map.of("VAULT_TOKEN", BAO.token()), "verify", "--strict");
        assertThat(off.exit()).isZero();
        assertThat(off.err()).isEmpty();
    }

    @Test
    void runTellsAndWithErrorDoesNotStart() throws Exception {
        mapping("", "WEAK: {env: APP_KEY}");
        Launched warned = run("run", "--mapping", "secrets.yaml", "--", "sh", "-c", "echo started");
        assertThat(warned.exit()).isZero();
        assertThat(warned.out()).isEqualTo("started\n");
        assertThat(warned.err()).containsOnlyOnce(" SA105: ").hasLineCount(1);
        mapping("guards: {SA105: error}\n", "WEAK: {env: APP_KEY}");
        Launched refused = run("run", "--mapping", "secrets.yaml", "--", "sh", "-c", "echo started");
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.out()).isEmpty();
        assertThat(warned.all() + refused.all()).doesNotContainIgnoringCase("changeme");
        mapping("", "API_KEY: {env: APP_KEY}");
        assertThat(run("run", "--mapping", "secrets.yaml", "--", "true").err()).isEmpty();
    }

    @Test
    void anApplicationStartsWithAWarningAndNotWithAnError() throws Exception {
        mapping("", "WEAK: {property: app.key, priority: P0}");
        ChildJvm.Result warned = start();
        assertThat(warned.exit()).isZero();
        assertThat(warned.err())
                .containsOnlyOnce(" SA105: ")
                .containsOnlyOnce(" SA108: ")
                .hasLineCount(2);
        mapping("guards: {SA105: error}\n", "WEAK: app.key");
        ChildJvm.Result refused = start();
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.out()).isEmpty();
        mapping("guards: {SA108: error}\n", "API_KEY: {property: app.key, priority: P0}");
        assertThat(start().exit()).isEqualTo(78);
        assertThat(warned.err() + refused.err()).doesNotContainIgnoringCase("changeme", "canary");
        mapping("", "API_KEY: api.key");
        assertThat(start().err()).isEmpty();
    }

    @Test
    void aPastedSecretCanBeLetPassAndIsNeverShown() throws Exception {
        String pasted = "ghp_0123456789abcdefABCDEF0123456789abcd";
        mapping("", "API_KEY: {property: api.key, purpose: " + pasted + "}");
        Launched refused = run("verify", "--offline");
        assertThat(refused.exit()).isEqualTo(78);
        assertThat(refused.err()).contains("SA101").doesNotContain(pasted);
        mapping("guards: {SA101: warning}\n", "API_KEY: {property: api.key, purpose: " + pasted + "}");
        assertThat(run("verify", "--offline").exit()).isZero();
        mapping("guards: {SA101: off}\n", "API_KEY: {property: api.key, purpose: " + pasted + "}");
        assertThat(run("verify", "--offline").err()).isEmpty();
    }

    @Test
    void anInsecureAddressWarns() throws Exception {
        String mapping = """
                backends:
                  bao: {type: vault, address: "http://vault.internal:8200", insecure: true}
                secrets:
                  bao:
                    secret/a#b: a
                """;
        Files.writeString(folder.resolve("secrets.yaml"), mapping);
        Launched warned = run("verify", "--offline");
        assertThat(warned.exit()).isZero();
        assertThat(warned.err()).contains("secrets.yaml:2:31: warning: SA103: ").hasLineCount(1);
        Files.writeString(folder.resolve("secrets.yaml"), mapping + "guards: {SA103: off}\n");
        assertThat(run("verify", "--offline", "--strict").exit()).isZero();
        Files.writeString(
                folder.resolve("secrets.yaml"), mapping.replace(", insecure: true", "") + "guards: {SA103: off}\n");
        assertThat(run("verify", "--offline").exit()).isEqualTo(78);
    }

    @Test
    void aMappingInAFolderThatEveryUserCanWriteTo() throws Exception {
        mapping("", "API_KEY: api.key");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Launched warned = run("verify", "--offline");
        assertThat(warned.exit()).isZero();
        assertThat(warned.err()).contains("secrets.yaml:1:1: warning: SA109: ").hasLineCount(1);
        mapping("guards: {SA109: off}\n", "API_KEY: api.key");
        assertThat(run("verify", "--offline", "--strict").err()).isEmpty();
    }

    private void mapping(String guards, String... entries) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n" + guards);
    }

    private Launched run(String... arguments) throws Exception {
        return Launched.in(folder, Map.of(), arguments);
    }

    private ChildJvm.Result start() throws Exception {
        return ChildJvm.on(Jdks.current()).agent(folder.resolve("secrets.yaml")).run(ShowSecrets.class, "app.key");
    }

    private static List<?> problems(Launched result) {
        return (List<?>) Objects.requireNonNull(
                Objects.requireNonNull(Json.object(result.out().getBytes(UTF_8)))
                        .get("problems"));
    }
}
