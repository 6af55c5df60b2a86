package io.secretagent.bootstrap.backend.vault;

import static io.secretagent.bootstrap.backend.vault.Fetched.CANARY;
import static io.secretagent.bootstrap.backend.vault.Fetched.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth.SecretId;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Logins to OpenBao's official server, and what is left of their tokens. */
class VaultLoginIT {
    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    static Path folder;

    @BeforeAll
    static void fill() throws Exception {
        BAO.call("POST", "secret/data/app", "{\"data\": {\"k\": \"" + CANARY + "\"}}");
        BAO.policy("app", "secret/data/app");
        BAO.call("POST", "sys/auth/approle", "{\"type\": \"approle\"}");
        BAO.call("POST", "auth/approle/role/app", "{\"token_policies\": \"app\", \"token_ttl\": \"10m\"}");
        BAO.call(
                "POST",
                "auth/approle/role/open",
                "{\"token_policies\": \"app\", \"bind_secret_id\": false, \"token_bound_cidrs\": \"127.0.0.0/8\"}");
    }

    @Test
    void logsInWithAppRoleAndRevokesTheToken() throws Exception {
        Set<String> before = accessors();
        VaultSettings settings = settings(appRole("app", new SecretId.InFile(secretIdFile())));
        try (VaultBackend backend = VaultBackend.open(settings.build(), Map.of())) {
            Fetched fetched = Fetched.of(backend, Duration.ofSeconds(20), at("secret/app"));
            assertThat(fetched.fields("secret/app")).containsEntry("k", CANARY);
            assertThat(accessors()).hasSize(before.size() + 1);
        }
        assertThat(accessors()).isEqualTo(before);
    }

    @Test
    void logsInWithASecretIdAsTextAndWithNone() throws Exception {
        String secretId = Files.readString(secretIdFile());
        assertThat(Fetched.from(settings(appRole("app", new SecretId.Text(secretId))), Map.of(), "secret/app")
                        .fields("secret/app"))
                .containsEntry("k", CANARY);
        assertThat(Fetched.from(settings(appRole("open", new SecretId.None())), Map.of(), "secret/app")
                        .fields("secret/app"))
                .containsEntry("k", CANARY);
    }

    @Test
    void failsEverythingAtOnceWhenTheLoginIsRefused() throws Exception {
        Fetched fetched = Fetched.from(
                settings(appRole("app", new SecretId.Text("canary-secret-id"))), Map.of(), "secret/app", "secret/b");
        assertThat(fetched.failure("secret/app")).isEqualTo(fetched.failure("secret/b"));
        assertThat(fetched.failure("secret/app").kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(fetched.failure("secret/app").why())
                .isEqualTo("login with approle at auth/approle is refused (400)");
    }

    @Test
    void namesAFileThatCannotBeReadAndAMountThatIsNotThere() throws Exception {
        Path missing = folder.resolve("missing");
        Failure file = Fetched.from(settings(appRole("app", new SecretId.InFile(missing))), Map.of(), "secret/app")
                .failure("secret/app");
        assertThat(file.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(file.why()).isEqualTo("the secret-id-file " + missing + " does not exist");
        Failure mount = Fetched.from(
                        settings(new VaultAuth.Jwt("nowhere", "app", secretIdFile())), Map.of(), "secret/app")
                .failure("secret/app");
        assertThat(mount.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(mount.why()).contains("auth/nowhere as role app");
        assertThat(mount.mend()).contains("an auth method is mounted at auth/nowhere");
    }

    @Test
    void logsInAgainOnceWhenTheTokenHasExpired() throws Exception {
        Set<String> before = accessors();
        VaultSettings settings = settings(appRole("app", new SecretId.InFile(secretIdFile())));
        try (VaultBackend backend = VaultBackend.open(settings.build(), Map.of())) {
            Fetched.of(backend, Duration.ofSeconds(20), at("secret/app")).fields("secret/app");
            Set<String> obtained = accessors();
            obtained.removeAll(before);
            BAO.call(
                    "POST",
                    "auth/token/revoke-accessor",
                    Json.text(Map.of("accessor", obtained.iterator().next())));
            Fetched again = Fetched.of(backend, Duration.ofSeconds(20), at("secret/app"), at("secret/b"));
            assertThat(again.fields("secret/app")).containsEntry("k", CANARY);
            assertThat(again.failure("secret/b").why()).isEqualTo("denied by policy (403)");
        }
        assertThat(accessors()).isEqualTo(before);
    }

    @Test
    void logsInWithAJwt() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String publicKey = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
        BAO.call("POST", "sys/auth/workload", "{\"type\": \"jwt\"}");
        BAO.call("POST", "auth/workload/config", Json.text(Map.of("jwt_validation_pubkeys", List.of(publicKey))));
        BAO.call(
                "POST",
                "auth/workload/role/app",
                Json.text(Map.of(
                        "role_type",
                        "jwt",
                        "user_claim",
                        "sub",
                        "bound_audiences",
                        List.of("vault"),
                        "token_policies",
                        List.of("app"))));
        Path file = Files.writeString(folder.resolve("jwt"), jwt(keys, "vault") + "\n");
        VaultSettings settings = settings(new VaultAuth.Jwt("workload", "app", file));
        assertThat(Fetched.from(settings, Map.of(), "secret/app").fields("secret/app"))
                .containsEntry("k", CANARY);
        // Kubernetes' auth method takes the same request; the real one needs a cluster to ask.
        assertThat(Fetched.from(settings(new VaultAuth.Kubernetes("workload", "app", file)), Map.of(), "secret/app")
                        .fields("secret/app"))
                .containsEntry("k", CANARY);
        Files.writeString(file, jwt(keys, "somebody-else"));
        Failure failure = Fetched.from(settings, Map.of(), "secret/app").failure("secret/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(failure.why()).isEqualTo("login with jwt at auth/workload as role app is refused (400)");
    }

    private static VaultAuth.AppRole appRole(String role, SecretId secretId) throws Exception {
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                BAO.call("GET", "auth/approle/role/" + role + "/role-id", null).get("data"));
        return new VaultAuth.AppRole("approle", (String) Objects.requireNonNull(data.get("role_id")), secretId);
    }

    private static Path secretIdFile() throws Exception {
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                BAO.call("POST", "auth/approle/role/app/secret-id", "{}").get("data"));
        return Files.writeString(
                Files.createTempFile(folder, "secret", "id"), (String) Objects.requireNonNull(data.get("secret_id")));
    }

    private static Set<String> accessors() throws IOException, InterruptedException {
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                BAO.call("LIST", "auth/token/accessors", null).get("data"));
        Set<String> accessors = new TreeSet<>();
        ((List<?>) Objects.requireNonNull(data.get("keys"))).forEach(key -> accessors.add((String) key));
        return accessors;
    }

    private static String jwt(KeyPair keys, String audience) throws Exception {
        long now = Instant.now().getEpochSecond();
        String claims = Json.text(Map.of(
                "iss",
                "tests",
                "sub",
                "app",
                "aud",
                List.of(audience),
                "iat",
                new Json.Numeral(String.valueOf(now)),
                "exp",
                new Json.Numeral(String.valueOf(now + 600))));
        String signed =
                base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static VaultSettings settings(VaultAuth auth) {
        return VaultSettings.at(BAO.address()).auth(auth);
    }
}
