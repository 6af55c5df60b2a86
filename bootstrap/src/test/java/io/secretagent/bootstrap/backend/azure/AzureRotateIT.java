package io.secretagent.bootstrap.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version of a secret in a key vault, and the way back. */
class AzureRotateIT {
    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path folder;

    private AppService azure;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        azure.vault.put("API-KEY", new VaultStandIn.Version(OLD, "canary-old", true, created(200)));
        azure.vault.put("API-KEY", new VaultStandIn.Version(NEW, "canary-new", true, created(10)));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void aNewVersionIsMadeAndTheOneBeforeComesBack() throws Exception {
        azure.vault.allowLists();
        ChildJvm.Result rotated = run("rotate", "--generate", "32");
        assertThat(rotated.err()).isEmpty();
        assertThat(rotated.out())
                .isEqualTo("rotated API-KEY in azure, version 00000000000000000000000000000001 after " + NEW + "\n");
        assertThat(rotated.exit()).isZero();
        assertThat(azure.vault.current("API-KEY")).matches("[A-Za-z0-9]{32}");
        ChildJvm.Result back = run("rollback");
        assertThat(back.exit()).isZero();
        assertThat(azure.vault.current("API-KEY")).isEqualTo("canary-new");
        assertThat(azure.vault.writes).hasValue(2);
    }

    @Test
    void inAnEmergencyTheVersionBeforeIsDisabled() throws Exception {
        ChildJvm.Result rotated = run("rotate", "--generate", "32", "--emergency");
        assertThat(rotated.err()).isEmpty();
        assertThat(rotated.out())
                .isEqualTo("rotated API-KEY in azure, version 00000000000000000000000000000001 after " + NEW + "\n"
                        + "the value before, version " + NEW + ", is disabled\n"
                        + "now revoke the old value at its provider, which the mapping does not tell (provider:)\n"
                        + "restart what reads property api: it has no refresh:\n");
        assertThat(rotated.exit()).isZero();
        assertThat(azure.vault.isEnabled("API-KEY", NEW)).isFalse();
        assertThat(azure.vault.current("API-KEY")).matches("[A-Za-z0-9]{32}");
    }

    @Test
    void whatIsDeniedLeavesTheValueInPlace() throws Exception {
        ChildJvm.Result denied = run("rollback");
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(azure.vault.writes).hasValue(0);
    }

    private ChildJvm.Result run(String command, String... options) throws Exception {
        Path file = Files.writeString(
                folder.resolve("secrets.yaml"), azure.backends() + "secrets:\n  azure:\n    API-KEY: api\n");
        List<String> arguments = new ArrayList<>(List.of(command, "--mapping", file.toString()));
        arguments.addAll(List.of(options));
        arguments.add("API-KEY");
        return azure.command(arguments.toArray(String[]::new));
    }

    private static Map<String, Long> created(int days) {
        return Map.of("created", Instant.now().minus(Duration.ofDays(days)).getEpochSecond());
    }
}
