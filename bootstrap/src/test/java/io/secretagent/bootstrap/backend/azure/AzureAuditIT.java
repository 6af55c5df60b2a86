package io.secretagent.bootstrap.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.Main;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a key vault takes us for, as its own log has it: read from the token, and asked of nobody. */
class AzureAuditIT {
    private static final String HOST = "demo-keys.vault.azure.net";
    private static final String VERSION = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private Certificate certificate;
    private Path hosts;
    private LoginStandIn login;
    private VaultStandIn vault;

    @BeforeEach
    void start() throws Exception {
        certificate = Certificate.make(folder, "vault", HOST);
        hosts = Certificate.hostsFile(folder, HOST, "localhost");
        login = new LoginStandIn();
        vault = new VaultStandIn(certificate, login);
        vault.put("API-KEY", new VaultStandIn.Version(VERSION, "canary-azure", true, Map.of()));
    }

    @AfterEach
    void stop() {
        vault.close();
        login.close();
    }

    @Test
    void itIsTheClientAndTheObjectThatTheTokenNames() throws Exception {
        Path file = Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  azure: {type: azure-key-vault, url: \"https://" + HOST + ":" + vault.port()
                        + "\"}\nsecrets:\n  azure:\n    API-KEY: api\naudit: audit.jsonl\n");
        ChildJvm.Result verified = ChildJvm.on(Jdks.current())
                .classPath(ChildJvm.distribution().resolve("lib/bootstrap.jar").toAbsolutePath())
                .option("-Djavax.net.ssl.trustStore=" + certificate.keyStore())
                .option("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD)
                .option("-Djdk.net.hosts.file=" + hosts)
                .environment("IDENTITY_ENDPOINT", login.appServiceEndpoint())
                .environment("IDENTITY_HEADER", LoginStandIn.IDENTITY_HEADER)
                .run(Main.class, "verify", "--mapping", file.toString());
        assertThat(verified.exit()).isZero();
        List<Recorded.Line> lines = Recorded.in(folder.resolve("audit.jsonl"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).brief()).isEqualTo("fetch API-KEY");
        assertThat(lines.get(0).get("version")).isEqualTo(VERSION);
        assertThat(lines.get(0).get("identity"))
                .isEqualTo("client-id " + LoginStandIn.CLIENT + " object-id 0b1ec7" + LoginStandIn.CLIENT.substring(6));
        assertThat(login.tokens).hasValue(1);
    }
}
