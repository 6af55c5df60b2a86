package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New versions in the key vault's stand-in, as an application sees them, and what is asked of it meanwhile. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AzureRefreshIT {
    private static final String CANARY = "canary-a51c77-long";
    private static final int MANY = 12;

    @TempDir
    private Path folder;

    private AppService azure;
    private int made;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        azure.vault.allowLists();
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aNewVersionIsSeenByTheListOfVersionsWithOneLoginForAll(Jdks.Jdk jdk) throws Exception {
        put("KEY", "first", true);
        put("QUIET", "quiet", true);
        try (LivingJvm living = start(jdk, "    KEY: key\n    QUIET: quiet\n")) {
            living.await(() -> azure.vault.lists.get() >= 4);
            assertThat(azure.vault.reads).hasValue(2);
            put("KEY", "second", true);
            living.awaitProperty("key", CANARY + "-second");
            assertThat(azure.vault.reads).hasValue(3);
            put("KEY", "third", false);
            living.awaitErr("secret KEY (backend azure) can be read no more: disabled", 1);
            put("KEY", "fourth", true);
            living.awaitProperty("key", CANARY + "-fourth");
            assertThat(azure.login.tokens).as("logins").hasValue(1);
            assertThat(living.end()).isZero();
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.all()).doesNotContain("canary");
        }
    }

    @Test
    void manyAreSeenByTheListOfAll() throws Exception {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            put("KEY-" + i, i + "-first", true);
            entries.append("    KEY-").append(i).append(": p").append(i).append('\n');
        }
        try (LivingJvm living = start(Jdks.current(), entries.toString())) {
            // In pages of two.
            living.await(() -> azure.vault.lists.get() >= MANY * 2);
            int reads = azure.vault.reads.get();
            put("KEY-3", "3-second", true);
            living.awaitProperty("p3", CANARY + "-3-second");
            assertThat(azure.vault.reads.get()).isBetween(reads + 1, reads + 2);
            assertThat(living.end()).isZero();
            assertThat(living.err()).isEmpty();
        }
    }

    private void put(String name, String value, boolean enabled) {
        long now = Instant.now().getEpochSecond() + made;
        azure.vault.put(
                name,
                new VaultStandIn.Version(
                        "%032x".formatted(++made),
                        CANARY + "-" + value,
                        enabled,
                        Map.of("created", now, "updated", now)));
    }

    private LivingJvm start(Jdks.Jdk jdk, String entries) throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1s\n" + azure.backends() + "secrets:\n  azure:\n" + entries,
                UTF_8);
        return LivingJvm.start(azure.on(jdk).agent(mapping), folder);
    }
}
