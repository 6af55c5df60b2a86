package io.secretagent.bootstrap.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The age of secrets in a key vault: by the list of their versions, or by reading them where that is forbidden. */
class AzureAgeIT {
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
    void theNewestVersionCountsAndNoValueIsRead() throws Exception {
        azure.vault.allowLists();
        ChildJvm.Result result = age("API-KEY", "NO-SUCH-KEY");
        assertThat(result.out())
                .containsPattern("(?m)^OK +- +API-KEY +azure +10 +90d")
                .containsPattern("(?m)^FAILED +- +NO-SUCH-KEY");
        assertThat(result.exit()).isEqualTo(66);
        assertThat(azure.vault.reads).hasValue(0);
        assertThat(result.out() + result.err()).doesNotContain("canary", "eyJ");
    }

    @Test
    void withoutThePermissionToListItSaysSoAndReads() throws Exception {
        ChildJvm.Result result = age("API-KEY");
        assertThat(result.out()).containsPattern("(?m)^OK +- +API-KEY +azure +10 +90d");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("grant List on the vault's secrets");
        assertThat(azure.vault.reads).hasValue(1);
        assertThat(result.out() + result.err()).doesNotContain("canary", "eyJ");
    }

    private ChildJvm.Result age(String... names) throws Exception {
        StringBuilder mapping = new StringBuilder(azure.backends() + "secrets:\n  azure:\n");
        for (String name : names) {
            mapping.append(
                    "    " + name + ": {property: " + name.toLowerCase(java.util.Locale.ROOT) + ", rotate: 90d}\n");
        }
        Path file = Files.writeString(folder.resolve("secrets.yaml"), mapping);
        return azure.command("age", "--mapping", file.toString());
    }

    private static Map<String, Long> created(int days) {
        return Map.of("created", Instant.now().minus(Duration.ofDays(days)).getEpochSecond());
    }
}
