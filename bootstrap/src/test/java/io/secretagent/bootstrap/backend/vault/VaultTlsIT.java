package io.secretagent.bootstrap.backend.vault;

import static io.secretagent.bootstrap.backend.vault.Fetched.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.TestCertificates;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenBao's official server with TLS: sealed, then unsealed. */
class VaultTlsIT {
    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.tls(CERTIFICATES);

    private static String key = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws Exception {
        key = BAO.initialize();
        unseal();
        BAO.call("POST", "sys/mounts/secret", "{\"type\": \"kv\", \"options\": {\"version\": \"2\"}}");
        write();
        BAO.policy("app", "secret/data/app");
        BAO.call("POST", "sys/auth/cert", "{\"type\": \"cert\"}");
        for (String role : new String[] {"app", "other"}) {
            BAO.call(
                    "POST",
                    "auth/cert/certs/" + role,
                    Json.text(Map.of("certificate", Files.readString(CERTIFICATES.client()), "token_policies", role)));
        }
    }

    @Test
    void trustsAFileAndAFolder() throws Exception {
        assertThat(read(settings().ca(CERTIFICATES.authority()), root()).fields("secret/app"))
                .containsEntry("k", CANARY);
        Files.copy(CERTIFICATES.authority(), folder.resolve("authority.crt"));
        Files.writeString(
                folder.resolve("stranger.pem"), "subject=CN=stranger\n" + Files.readString(CERTIFICATES.stranger()));
        Files.writeString(folder.resolve("README"), "no certificate");
        assertThat(read(settings().ca(folder), root()).fields("secret/app")).containsEntry("k", CANARY);
    }

    @Test
    void refusesAServerThatIsNotTrusted() {
        for (VaultSettings settings :
                new VaultSettings[] {settings(), settings().ca(CERTIFICATES.stranger())}) {
            Failure failure = read(settings, root()).failure("secret/app");
            assertThat(failure.kind()).isEqualTo(Failure.Kind.UNTRUSTED);
            assertThat(failure.why()).contains("not from an authority that is trusted");
        }
    }

    @Test
    void refusesAServerOfAnotherName() {
        URI byName = URI.create("https://localhost:" + BAO.address().getPort());
        Failure failure = read(VaultSettings.at(byName).ca(CERTIFICATES.authority()), root())
                .failure("secret/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNTRUSTED);
        assertThat(failure.why()).contains("is for another host");
    }

    @Test
    void namesTlsFilesThatCannotBeUsed() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Failure failure = read(settings().ca(missing), root()).failure("secret/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
        assertThat(failure.why()).isEqualTo("ca " + missing + " does not exist");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThat(read(settings().ca(empty), root()).failure("secret/app").why())
                .isEqualTo("ca " + empty + " has no certificate in PEM form");
    }

    @Test
    void logsInWithACertificate() {
        VaultSettings settings =
                settings().ca(CERTIFICATES.authority()).client(CERTIFICATES.client(), CERTIFICATES.clientKey());
        assertThat(read(settings.auth(new VaultAuth.Certificate("cert", "app")), Map.of())
                        .fields("secret/app"))
                .containsEntry("k", CANARY);
        assertThat(read(settings.auth(new VaultAuth.Certificate("cert", "other")), Map.of())
                        .failure("secret/app")
                        .why())
                .isEqualTo("denied by policy (403)");
        assertThat(read(settings.auth(new VaultAuth.Certificate("cert", null)), Map.of())
                        .outcomes())
                .hasSize(1);
        Failure nobody = read(settings.auth(new VaultAuth.Certificate("cert", "nobody")), Map.of())
                .failure("secret/app");
        assertThat(nobody.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(nobody.why()).startsWith("login with cert at auth/cert as role nobody is refused");
    }

    @Test
    void tellsASealedServer() throws Exception {
        BAO.call("PUT", "sys/seal", null);
        try {
            for (VaultAuth auth : new VaultAuth[] {
                new VaultAuth.Token(null),
                new VaultAuth.AppRole("approle", "role", new VaultAuth.SecretId.Text("canary"))
            }) {
                Failure failure = Fetched.within(
                                Duration.ofSeconds(2),
                                settings().ca(CERTIFICATES.authority()).auth(auth),
                                root(),
                                "secret/app")
                        .failure("secret/app");
                assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
                assertThat(failure.why()).contains("is sealed (503)");
            }
        } finally {
            unseal();
        }
    }

    /** No official server is out of date or plain on demand: stand-ins. */
    @Test
    void tellsAServerWithoutTls() {
        WireMockServer plain =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        plain.start();
        try {
            URI address = URI.create("https://127.0.0.1:" + plain.port());
            Failure failure = Fetched.within(
                            Duration.ofSeconds(2),
                            VaultSettings.at(address).ca(CERTIFICATES.authority()),
                            root(),
                            "secret/app")
                    .failure("secret/app");
            assertThat(failure.kind()).isIn(Failure.Kind.UNTRUSTED, Failure.Kind.UNREACHABLE);
        } finally {
            plain.stop();
        }
    }

    @Test
    void tellsHttpAtAServerWithTls() {
        URI address = URI.create("http://127.0.0.1:" + BAO.address().getPort());
        Failure failure = Fetched.within(Duration.ofSeconds(2), VaultSettings.at(address), root(), "secret/app")
                .failure("secret/app");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.UNREACHABLE);
        assertThat(failure.why()).contains("is not Vault's (400)");
        assertThat(failure.mend()).contains("scheme");
    }

    private static Fetched read(VaultSettings settings, Map<String, String> environment) {
        return Fetched.from(settings, environment, "secret/app");
    }

    private static VaultSettings settings() {
        return VaultSettings.at(BAO.address());
    }

    private static Map<String, String> root() {
        return Map.of("VAULT_TOKEN", BAO.token());
    }

    private static void unseal() throws Exception {
        BAO.call("PUT", "sys/unseal", Json.text(Map.of("key", key)));
        await("GET", "sys/leader", null);
    }

    /** A KV version 2 engine answers 400 while it upgrades itself after its mount. */
    private static void write() throws Exception {
        await("POST", "secret/data/app", "{\"data\": {\"k\": \"" + CANARY + "\"}}");
    }

    private static void await(String method, String path, @Nullable String json) throws Exception {
        for (int i = 0; i < 1000 && BAO.status(method, path, json) != 200; i++) {
            Thread.onSpinWait();
        }
    }
}
