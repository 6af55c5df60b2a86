package io.secretagent.bootstrap.backend.vault;

import static io.secretagent.bootstrap.backend.vault.Fetched.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New versions in OpenBao, as an application sees them, and what is asked of the server meanwhile. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class VaultRefreshIT {
    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    private HttpGate gate;

    @BeforeEach
    void start() throws IOException {
        gate = new HttpGate(BAO.address());
    }

    @AfterEach
    void stop() {
        gate.close();
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aNewVersionIsSeenInTheMetadataAndReadOnce(Jdks.Jdk jdk) throws Exception {
        put("app", "first");
        put("quiet", "quiet");
        BAO.policy("reader", "secret/data/*", "secret/metadata/*");
        Path mapping = mapping("", "secret/app#k: app", "secret/quiet#k: quiet");
        try (LivingJvm living = start(jdk, mapping, BAO.tokenWith("reader"))) {
            living.await(() -> gate.count("GET /v1/secret/metadata/app") >= 2);
            assertThat(gate.count("GET /v1/secret/data/app")).isEqualTo(1);
            put("app", "second");
            living.awaitProperty("app", CANARY + "-second");
            assertThat(gate.count("GET /v1/secret/data/app")).isEqualTo(2);
            assertThat(gate.count("GET /v1/secret/data/quiet")).isEqualTo(1);
            assertThat(gate.requests())
                    .filteredOn(request -> request.contains("/mounts/"))
                    .as("once, or by both of the reads at the start")
                    .hasSizeLessThanOrEqualTo(2);
            gate.shut();
            living.awaitErr("backend bao: new versions cannot be looked for: ", 1);
            put("app", "third");
            gate.open();
            living.awaitProperty("app", CANARY + "-third");
            living.awaitErr("backend bao: new versions are looked for again, after ", 1);
            assertThat(living.end()).isZero();
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.all()).doesNotContain("canary");
        }
    }

    /** A gateway speaks JSON too. Nothing that it says is of the secret. */
    @Test
    void whatAnswersInTheServersPlaceTakesNothingAway() throws Exception {
        put("app", "0");
        Path mapping = mapping("", "secret/app#k: {property: app, on-revoked: exit}");
        Files.writeString(mapping, "timeout: 2s\n" + Files.readString(mapping));
        try (LivingJvm living = start(Jdks.current(), mapping, BAO.token())) {
            for (Map.Entry<Integer, String> answer : List.of(
                    Map.entry(200, "{\"status\":\"ok\"}"),
                    Map.entry(200, "{\"data\":null,\"errors\":[{\"message\":\"not found\"}]}"),
                    Map.entry(403, "{\"message\":\"Forbidden\"}"),
                    Map.entry(404, "{\"message\":\"no Route matched with those values\",\"request_id\":\"b1f7\"}"),
                    Map.entry(404, "{\"errors\":[{\"status\":\"404\",\"title\":\"Not Found\"}]}"))) {
                gate.answerInstead(answer.getKey(), answer.getValue());
                assertThat(refreshed(living)).as(answer.getValue()).isEqualTo(69);
            }
            put("app", "1");
            gate.open();
            assertThat(refreshed(living)).isZero();
            living.awaitProperty("app", CANARY + "-1");
            assertThat(living.err()).contains("cannot be looked for: ").doesNotContain("can be read no more");
            assertThat(living.end()).isZero();
            assertThat(living.all()).doesNotContain("canary");
        }
    }

    private int refreshed(LivingJvm living) throws Exception {
        return Launched.in(folder, Map.of(), "refresh", Long.toString(living.pid()))
                .exit();
    }

    @Test
    void whereAPolicyHidesTheMetadataItIsRead() throws Exception {
        put("app", "first");
        BAO.policy("data", "secret/data/*");
        try (LivingJvm living = start(Jdks.current(), mapping("", "secret/app#k: app"), BAO.tokenWith("data"))) {
            living.await(() -> gate.count("GET /v1/secret/data/app") >= 4);
            assertThat(gate.count("GET /v1/secret/metadata/app")).isEqualTo(1);
            put("app", "second");
            living.awaitProperty("app", CANARY + "-second");
            // Takes the permission to read it, then gives it back.
            BAO.policy("data", "secret/data/other");
            living.awaitErr("secret secret/app#k (backend bao) can be read no more: denied by policy (403)", 1);
            BAO.policy("data", "secret/data/*");
            living.awaitErr("secret secret/app#k (backend bao) can be read again", 1);
            BAO.call("DELETE", "secret/data/app", null);
            living.awaitErr("can be read no more: version ", 1);
            assertThat(living.err().lines()).hasSize(3);
        }
    }

    @Test
    void aLoginsTokenIsRenewedReplacedAfterItsLongestTimeAndRevokedAtTheEnd() throws Exception {
        put("app", "first");
        BAO.policy("reader", "secret/data/*", "secret/metadata/*");
        BAO.call("POST", "sys/auth/approle", "{\"type\": \"approle\"}");
        BAO.call(
                "POST",
                "auth/approle/role/short",
                "{\"token_policies\": \"reader\", \"token_ttl\": \"3s\", \"token_max_ttl\": \"8s\","
                        + " \"bind_secret_id\": false, \"token_bound_cidrs\": \"127.0.0.0/8\"}");
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                BAO.call("GET", "auth/approle/role/short/role-id", null).get("data"));
        int before = accessors();
        Path mapping = mapping(", auth: {method: approle, role-id: " + data.get("role_id") + "}", "secret/app#k: app");
        try (LivingJvm living = start(Jdks.current(), mapping, "")) {
            living.await(() -> gate.count("POST /v1/auth/approle/login") >= 3);
            assertThat(gate.requests()).contains("POST /v1/auth/token/renew-self");
            put("app", "second");
            living.awaitProperty("app", CANARY + "-second");
            assertThat(accessors()).isLessThanOrEqualTo(before + 2);
            assertThat(living.end()).isZero();
            assertThat(living.err()).isEmpty();
        }
        assertThat(accessors()).isEqualTo(before);
    }

    private LivingJvm start(Jdks.Jdk jdk, Path mapping, String token) throws Exception {
        return LivingJvm.start(ChildJvm.on(jdk).agent(mapping).environment("VAULT_TOKEN", token), folder);
    }

    private Path mapping(String more, String... entries) throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1s\nbackends:\n  bao: {type: vault, address: \"" + gate.address() + "\"" + more
                        + "}\nsecrets:\n  bao:\n    " + String.join("\n    ", entries) + "\n");
    }

    private static void put(String path, String value) throws IOException, InterruptedException {
        BAO.call("POST", "secret/data/" + path, Json.text(Map.of("data", Map.of("k", CANARY + "-" + value))));
    }

    private static int accessors() throws IOException, InterruptedException {
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                BAO.call("LIST", "auth/token/accessors", null).get("data"));
        return ((List<?>) Objects.requireNonNull(data.get("keys"))).size();
    }
}
