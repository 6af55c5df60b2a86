package io.secretagent.bootstrap.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
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
    private static final String VERSION = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private AppService azure;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        azure.vault.put("API-KEY", new VaultStandIn.Version(VERSION, "canary-azure", true, Map.of()));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void itIsTheClientAndTheObjectThatTheTokenNames() throws Exception {
        Path file = Files.writeString(
                folder.resolve("secrets.yaml"),
                azure.backends() + "secrets:\n  azure:\n    API-KEY: api\naudit: audit.jsonl\n");
        ChildJvm.Result verified = azure.command("verify", "--mapping", file.toString());
        assertThat(verified.exit()).isZero();
        List<Recorded.Line> lines = Recorded.in(folder.resolve("audit.jsonl"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).brief()).isEqualTo("fetch API-KEY");
        assertThat(lines.get(0).get("version")).isEqualTo(VERSION);
        assertThat(lines.get(0).get("identity"))
                .isEqualTo("client-id " + LoginStandIn.CLIENT + " object-id 0b1ec7" + LoginStandIn.CLIENT.substring(6));
        assertThat(azure.login.tokens).hasValue(1);
    }
}
