package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code secret-agent verify} as a shell runs it. */
@Timeout(120)
class VerifyIT {
    private static final String CANARY = "canary-5d2e90b7-long";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY + "\n");
        Files.writeString(store.resolve("COPY"), CANARY + "\n");
        Files.writeString(store.resolve("OTHER"), CANARY + "-other\n");
    }

    @Test
    void tellsEverythingButTheValue() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key", "OTHER: other.key");
        Launched result = run("verify");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("STATUS +SECRET +BACKEND +TARGET +VERSION +AGE +LENGTH +MS");
        assertThat(lines.get(1)).matches("OK +API_KEY +store +property api.key +- +0m +20 +\\d+");
        assertThat(lines.get(2)).matches("OK +OTHER +store +property other.key +- +0m +26 +\\d+");
        assertThat(result.all()).doesNotContain("canary", "\u001b");
    }

    @Test
    void aRequiredSecretThatIsMissingFailsAndAnOptionalOneOnlyUnderStrict() throws Exception {
        mapping("secrets.yaml", "NOPE: nope", "API_KEY: api.key");
        Launched failed = run("verify");
        assertThat(failed.exit()).isEqualTo(66);
        assertThat(failed.out()).containsPattern("(?m)^FAILED +NOPE +store").containsPattern("(?m)^OK +API_KEY");
        assertThat(failed.err()).startsWith("secret-agent: secrets.yaml:5:5: secret NOPE (backend store): ");
        assertThat(failed.err()).hasLineCount(1);
        assertThat(run("verify", "--quiet").out()).isEmpty();
        assertThat(run("verify", "--quiet").err()).isEqualTo(failed.err());

        mapping("secrets.yaml", "NOPE: {property: nope, required: false}", "GONE: {property: gone, default: none}");
        Launched tolerated = run("verify");
        assertThat(tolerated.exit()).isZero();
        assertThat(tolerated.out())
                .containsPattern("(?m)^FAILED \\(optional\\) +NOPE")
                .containsPattern("(?m)^DEFAULT +GONE");
        assertThat(run("verify", "--quiet").err()).isEmpty();
        assertThat(run("verify", "--strict").exit()).isEqualTo(66);
    }

    @Test
    void theJsonIsTheDocumentedOne() throws Exception {
        mapping("secrets.yaml", "API_KEY: {property: api.key}", "NOPE: {property: nope, required: false}");
        Launched result = run("verify", "--json");
        Map<String, Object> document = json(result);
        assertThat(document).containsOnlyKeys("mapping", "exit", "secrets", "problems");
        Map<?, ?> found = secret(document, 0);
        assertThat(new ArrayList<Object>(found.keySet()))
                .containsExactly(
                        "status",
                        "name",
                        "backend",
                        "targets",
                        "required",
                        "version",
                        "changed",
                        "length",
                        "milliseconds",
                        "fingerprint",
                        "failure");
        assertThat(found.get("status")).isEqualTo("OK");
        assertThat(found.get("targets")).isEqualTo(List.of("property api.key"));
        assertThat(found.get("length")).isEqualTo(new Json.Numeral("20"));
        assertThat(found.get("fingerprint")).isEqualTo(Json.NULL);
        Map<?, ?> missing = secret(document, 1);
        assertThat(missing.get("status")).isEqualTo("FAILED");
        assertThat(missing.get("required")).isEqualTo(false);
        assertThat((Map<?, ?>) missing.get("failure")).hasSize(3);
        assertThat(result.all()).doesNotContain("canary");
    }

    @Test
    void fingerprintsShowWhatIsEqualAndDifferInEachRun() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key", "COPY: copy", "OTHER: other");
        List<String> first = fingerprints(run("verify", "--fingerprint", "--json"));
        assertThat(first.get(0)).matches("[0-9a-f]{16}").isEqualTo(first.get(1)).isNotEqualTo(first.get(2));
        assertThat(fingerprints(run("verify", "--fingerprint", "--json"))).doesNotContainAnyElementsOf(first);
        assertThat(run("verify", "--fingerprint").out()).contains("FINGERPRINT");
    }

    @Test
    void offlineAsksNoBackend() throws Exception {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"http://127.0.0.1:1\"}\nsecrets:\n  bao:\n    secret/a#*: a.*\n");
        Launched result = run("verify", "--offline");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).containsPattern("(?m)^MAPPED +secret/a#\\* +bao +property a.\\* +- +- +- +-");
        mapping("secrets.yaml", "API_KEY: {proprety: x}");
        Launched wrong = run("verify", "--offline", "--json");
        assertThat(wrong.exit()).isEqualTo(78);
        assertThat(json(wrong).get("exit")).isEqualTo(new Json.Numeral("78"));
        assertThat((List<?>) json(wrong).get("problems")).isNotEmpty();
    }

    @Test
    void findsOneValueInTwoEnvironments() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key", "OTHER: other");
        mapping("staging.yaml", "COPY: api.key");
        Launched result = run("verify", "--against", "staging.yaml");
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .isEqualTo("secret-agent: secrets.yaml:5:5: warning: SA106: secret API_KEY has the value of COPY at"
                        + " staging.yaml:5:5; give each environment a value of its own"
                        + " (guards: {SA106: off} turns this off)\n");
        assertThat(run("verify", "--against", "staging.yaml", "--strict").exit())
                .isEqualTo(78);
        mapping("staging.yaml", "NOPE: api.key");
        assertThat(run("verify", "--against", "staging.yaml").exit()).isEqualTo(66);
    }

    @Test
    void verifiesAVaultAndAWrongTokenIsDenied() throws Exception {
        BAO.call("POST", "secret/data/verify", "{\"data\": {\"KEY\": \"" + CANARY + "-bao\", \"PORT\": 5432}}");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/verify#*: shop.*\n");
        Launched result = run(Map.of("VAULT_TOKEN", BAO.token()), "verify");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .containsPattern("(?m)^OK +secret/verify#KEY +bao +property shop.KEY +1 +0m +24 +\\d+")
                .containsPattern("(?m)^OK +secret/verify#PORT +bao +property shop.PORT +1 +0m +4 +\\d+");
        Launched denied = run(Map.of("VAULT_TOKEN", "canary-wrong-token"), "verify");
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.err()).hasLineCount(1);
        assertThat(result.all() + denied.all()).doesNotContain("canary", BAO.token());
    }

    @Test
    void coloursAndAProgressLineAreForTerminals() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        Launched coloured = terminal(Map.of("TERM", "xterm"), "verify");
        assertThat(coloured.exit()).isZero();
        assertThat(coloured.out()).contains("\u001b[32mOK\u001b[0m");
        assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1"), "verify").out())
                .doesNotContain("\u001b");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    folder.resolve("secrets.yaml"),
                    "timeout: 3s\nbackends:\n  bao: {type: vault, address: \"http://127.0.0.1:" + silent.getLocalPort()
                            + "\"}\nsecrets:\n  bao:\n    secret/a#b: a\n");
            Launched slow = terminal(Map.of("TERM", "xterm", "VAULT_TOKEN", CANARY), "verify");
            assertThat(slow.exit()).isEqualTo(69);
            assertThat(slow.out())
                    .contains("fetching 1 secrets of secrets.yaml, 1 s")
                    .doesNotContain("canary");
        }
    }

    @Test
    void helpEndsWithAnExample() throws Exception {
        assertThat(run("verify", "--help").out().lines().reduce((a, b) -> b).orElse(""))
                .startsWith("Example: secret-agent verify");
        assertThat(run("verify", "--nope").exit()).isEqualTo(64);
    }

    private void mapping(String file, String... entries) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    private Launched run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Launched run(Map<String, String> environment, String... arguments) throws Exception {
        return Launched.in(folder, environment, arguments);
    }

    private Launched terminal(Map<String, String> environment, String... arguments) throws Exception {
        return Launched.onTerminal(folder, environment, arguments);
    }

    private static Map<String, Object> json(Launched result) {
        Map<String, Object> document = Json.object(result.out().getBytes(UTF_8));
        return new LinkedHashMap<>(Objects.requireNonNull(document, "no JSON"));
    }

    private static Map<?, ?> secret(Map<String, Object> document, int index) {
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(document.get("secrets"))).get(index);
    }

    private static List<String> fingerprints(Launched result) {
        List<String> fingerprints = new ArrayList<>();
        for (Object secret : (List<?>) Objects.requireNonNull(json(result).get("secrets"))) {
            fingerprints.add((String) Objects.requireNonNull(((Map<?, ?>) secret).get("fingerprint")));
        }
        return fingerprints;
    }
}
