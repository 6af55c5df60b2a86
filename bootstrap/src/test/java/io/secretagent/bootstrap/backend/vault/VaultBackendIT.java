package io.secretagent.bootstrap.backend.vault;

import static io.secretagent.bootstrap.backend.vault.Fetched.CANARY;
import static io.secretagent.bootstrap.backend.vault.Fetched.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenBao's official server. */
class VaultBackendIT {
    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    static Path home;

    @BeforeAll
    static void fill() throws Exception {
        BAO.call("POST", "sys/mounts/old", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "sys/mounts/team/deep", "{\"type\": \"kv\", \"options\": {\"version\": \"2\"}}");
        write("secret/data/app", "{\"data\": {\"password\": \"" + CANARY + "\", \"user\": \"ünï ☂\"}}");
        write("team/deep/data/a b/c%d", "{\"data\": {\"k\": \"spaced\"}}".replace("spaced", CANARY));
        write("old/app", "{\"password\": \"" + CANARY + "\", \"ttl\": \"5m\"}");
        BAO.policy("app", "secret/data/app");
    }

    @Test
    void readsVersionTwo() {
        Fetched fetched = Fetched.from(settings(), root(), "secret/app", "/secret/app/");
        assertThat(fetched.fields("secret/app"))
                .containsOnly(Map.entry("password", CANARY), Map.entry("user", "ünï ☂"));
        assertThat(fetched.fields("/secret/app/")).containsKey("password");
        assertThat(fetched.found("secret/app").version()).isEqualTo("1");
        assertThat(fetched.found("secret/app").changed())
                .isBetween(Instant.now().minus(5, ChronoUnit.MINUTES), Instant.now());
    }

    @Test
    void readsVersionOne() {
        Fetched fetched = Fetched.from(settings(), root(), "old/app");
        assertThat(fetched.fields("old/app")).containsEntry("password", CANARY);
        assertThat(fetched.found("old/app").version()).isNull();
    }

    @Test
    void believesAStatedVersion() {
        assertThat(Fetched.from(settings().kvVersion(1), root(), "old/app").fields("old/app"))
                .containsEntry("password", CANARY);
        assertThat(Fetched.from(settings().kvVersion(2), root(), "team/deep/a b/c%d")
                        .fields("team/deep/a b/c%d"))
                .containsEntry("k", CANARY);
    }

    @Test
    void findsAMountOfSeveralSegmentsAndEncodesPaths() throws Exception {
        assertThat(BAO.status("GET", "team/deep/data/a%20b/c%25d", null)).isEqualTo(200);
        Fetched fetched = Fetched.from(settings(), root(), "team/deep/a b/c%d");
        assertThat(fetched.fields("team/deep/a b/c%d")).containsEntry("k", CANARY);
    }

    @Test
    void keepsJsonAsItIs() throws Exception {
        write(
                "secret/data/json",
                "{\"data\": {\"big\": 1234567890123456, \"float\": 1.5, \"yes\": true, \"none\": null,"
                        + " \"nested\": {\"list\": [1, \"two\", {\"three\": 3}]}}}");
        Map<String, Object> fields =
                Fetched.from(settings(), root(), "secret/json").fields("secret/json");
        assertThat(fields)
                .containsEntry("big", new Json.Numeral("1234567890123456"))
                .containsEntry("float", new Json.Numeral("1.5"))
                .containsEntry("yes", true)
                .containsEntry("none", Json.NULL);
        assertThat(Json.text(Objects.requireNonNull(fields.get("nested"))))
                .isEqualTo("{\"list\":[1,\"two\",{\"three\":3}]}");
    }

    @Test
    void readsVersionsAndTellsDeletedOnesFromMissingOnes() throws Exception {
        for (String value : List.of("one", "two", "three")) {
            write("secret/data/versions", "{\"data\": {\"k\": \"" + value + "\"}}");
        }
        BAO.call("POST", "secret/delete/versions", "{\"versions\": [2]}");
        BAO.call("POST", "secret/destroy/versions", "{\"versions\": [3]}");
        Location first = new Location("secret/versions", "1", null);
        Location second = new Location("secret/versions", "2", null);
        Location ninth = new Location("secret/versions", "9", null);
        Location word = new Location("secret/versions", "latest", null);
        Location ofOld = new Location("old/app", "1", null);
        Location stage = new Location("secret/versions", null, "AWSCURRENT");
        try (VaultBackend backend = VaultBackend.open(settings().build(), root())) {
            Fetched fetched = Fetched.of(
                    backend, Duration.ofSeconds(20), at("secret/versions"), first, second, ninth, word, ofOld, stage);
            assertThat(fetched.fields(first)).containsEntry("k", "one");
            assertThat(fetched.failure(second).kind()).isEqualTo(Failure.Kind.DISABLED);
            assertThat(fetched.failure(second).why()).isEqualTo("version 2 is deleted");
            assertThat(fetched.failure("secret/versions").kind()).isEqualTo(Failure.Kind.DISABLED);
            assertThat(fetched.failure("secret/versions").why()).isEqualTo("version 3 is destroyed");
            assertThat(fetched.failure(ninth).kind()).isEqualTo(Failure.Kind.NOT_FOUND);
            assertThat(fetched.failure(word).kind()).isEqualTo(Failure.Kind.INVALID);
            assertThat(fetched.failure(ofOld).kind()).isEqualTo(Failure.Kind.INVALID);
            assertThat(fetched.failure(stage).kind()).isEqualTo(Failure.Kind.INVALID);
        }
    }

    @Test
    void readsInANamespace() throws Exception {
        BAO.call("POST", "sys/namespaces/tenant", "{}");
        BAO.callIn("tenant", "POST", "sys/mounts/kv", "{\"type\": \"kv\", \"options\": {\"version\": \"2\"}}");
        BAO.callIn("tenant", "POST", "kv/data/app", "{\"data\": {\"k\": \"" + CANARY + "\"}}");
        assertThat(Fetched.from(settings().namespace("tenant"), root(), "kv/app")
                        .fields("kv/app"))
                .containsEntry("k", CANARY);
        Failure failure =
                Fetched.from(settings().namespace("nobody"), root(), "kv/app").failure("kv/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        assertThat(failure.why()).contains("no such namespace");
    }

    @Test
    void readsEnginesThatAreNotKv() throws Exception {
        BAO.call("POST", "sys/mounts/transit", "{\"type\": \"transit\"}");
        BAO.call("POST", "transit/keys/orders", "{}");
        assertThat(Fetched.from(settings(), root(), "transit/keys/orders").fields("transit/keys/orders"))
                .containsEntry("name", "orders");
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        Fetched fetched = Fetched.from(settings(), root(), "secret/nope", "old/nope", "nowhere/app", "secret/app");
        assertThat(fetched.failure("secret/nope"))
                .isEqualTo(new Failure(
                        Failure.Kind.NOT_FOUND,
                        "there is no such secret (404)",
                        "check it with vault kv get secret/nope"));
        assertThat(fetched.failure("old/nope").kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        assertThat(fetched.failure("nowhere/app").why()).isEqualTo("no secrets engine is mounted at nowhere/app (404)");
        assertThat(fetched.fields("secret/app")).containsKey("password");
    }

    @Test
    void namesThePolicyThatIsMissing() throws Exception {
        write("secret/data/other", "{\"data\": {\"k\": \"v\"}}");
        Fetched fetched = Fetched.from(
                settings(), Map.of("VAULT_TOKEN", BAO.tokenWith("app")), "secret/app", "secret/other", "old/app");
        assertThat(fetched.fields("secret/app")).containsKey("password");
        assertThat(fetched.failure("secret/other"))
                .isEqualTo(new Failure(
                        Failure.Kind.DENIED,
                        "denied by policy (403)",
                        "grant read on \"secret/data/other\" to the token's policy"));
        assertThat(fetched.failure("old/app").kind()).isEqualTo(Failure.Kind.DENIED);
    }

    @Test
    void refusesAWrongToken() {
        for (String token : List.of("canary-token", "canary token", "canary-tökén", "a\ncanary")) {
            Failure failure = Fetched.from(settings(), Map.of("VAULT_TOKEN", token), "secret/app")
                    .failure("secret/app");
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
            assertThat(failure.toString()).doesNotContain("canary");
        }
    }

    @Test
    void findsTheTokenInFiles() throws Exception {
        Map<String, String> nobody = Map.of("HOME", home.resolve("nobody").toString());
        Failure failure = Fetched.from(settings(), nobody, "secret/app").failure("secret/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(failure.mend()).contains("VAULT_TOKEN");
        Files.writeString(home.resolve(".vault-token"), BAO.token());
        assertThat(Fetched.from(settings(), Map.of("HOME", home.toString()), "secret/app")
                        .fields("secret/app"))
                .containsKey("password");
        Path file = home.resolve("token");
        VaultSettings fromFile =
                settings().auth(new io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth.Token(file));
        assertThat(Fetched.from(fromFile, nobody, "secret/app")
                        .failure("secret/app")
                        .why())
                .contains(file.toString())
                .contains("does not exist");
        Files.writeString(file, BAO.token() + "\n");
        assertThat(Fetched.from(fromFile, nobody, "secret/app").fields("secret/app"))
                .containsKey("password");
    }

    @Test
    void neverRevokesAGivenToken() throws Exception {
        String token = BAO.tokenWith("app");
        Map<String, String> environment = Map.of("VAULT_TOKEN", token);
        for (int i = 0; i < 2; i++) {
            assertThat(Fetched.from(settings(), environment, "secret/app").fields("secret/app"))
                    .containsKey("password");
        }
    }

    @Test
    void readsAThousandPathsQuickly() throws Exception {
        String[] paths =
                IntStream.range(0, 1000).mapToObj(i -> "secret/many/" + i).toArray(String[]::new);
        for (String path : paths) {
            write(path.replace("secret/", "secret/data/"), "{\"data\": {\"k\": \"" + path + "\"}}");
        }
        long start = System.nanoTime();
        Fetched fetched = Fetched.from(settings(), root(), paths);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        for (String path : paths) {
            assertThat(fetched.fields(path)).containsEntry("k", path);
        }
    }

    @Test
    void tellsADeadServer() throws Exception {
        VaultSettings dead = VaultSettings.at(URI.create("http://127.0.0.1:" + ServerProcess.freePort()));
        Fetched fetched = Fetched.within(Duration.ofSeconds(2), dead, root(), "secret/app", "secret/b");
        assertThat(fetched.failure("secret/app").kind()).isEqualTo(Failure.Kind.UNREACHABLE);
        assertThat(fetched.failure("secret/app").why()).contains("refuses the connection");
    }

    private static VaultSettings settings() {
        return VaultSettings.at(BAO.address());
    }

    private static Map<String, String> root() {
        return Map.of("VAULT_TOKEN", BAO.token());
    }

    private static void write(String path, String json) throws Exception {
        BAO.call("POST", path.replace("%", "%25").replace(" ", "%20"), json);
    }
}
