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

/** A mapping of the names in a key vault. */
class AzureInitIT {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private AppService azure;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        for (String name : new String[] {"API-KEY", "DB-PASSWORD", "SMTP-PASSWORD"}) {
            azure.vault.put(name, version(true, Map.of()));
        }
        azure.vault.put("DISABLED-KEY", version(false, Map.of()));
        azure.vault.put("EXPIRED-KEY", version(true, Map.of("exp", yesterday())));
        azure.vault.put("SITE-CERTIFICATE", version(true, Map.of()));
        azure.vault.manage("SITE-CERTIFICATE");
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void allPagesAreListedWithoutAValueAndWhatCannotBeReadIsLeftOut() throws Exception {
        azure.vault.allowLists();
        ChildJvm.Result result = run("init", "--backend", "azure", "--url", url(), "--output", file());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(azure.vault.reads).hasValue(0);
        assertThat(Files.readString(Path.of(file())))
                .contains("    url: '" + url() + "'\n")
                .contains("    API-KEY:\n      property: api.key\n")
                .contains("    DB-PASSWORD:\n      property: db.password\n")
                .contains("    SMTP-PASSWORD:\n      property: smtp.password\n")
                .contains("#   DISABLED-KEY: disabled\n")
                .contains("#   EXPIRED-KEY: expired on ")
                .contains("#   SITE-CERTIFICATE: belongs to a certificate");
        ChildJvm.Result verified = run("verify", "--mapping", file());
        assertThat(verified.exit()).isZero();
        assertThat(verified.out().lines()).hasSize(4);
        azure.vault.put("NEW-KEY", version(true, Map.of()));
        ChildJvm.Result age = run("age", "--mapping", file(), "--all", "NEW");
        assertThat(age.exit()).isZero();
        assertThat(age.out()).containsPattern("(?m)^NO POLICY +- +NEW-KEY +azure .* not in the mapping$");
        assertThat(result.out() + result.err() + verified.out() + verified.err())
                .doesNotContain("canary", "eyJ");
    }

    @Test
    void withoutThePermissionToListItSaysWhatToGrant() throws Exception {
        ChildJvm.Result result = run("init", "--backend", "azure", "--url", url(), "--output", file());
        assertThat(result.exit()).isEqualTo(77);
        assertThat(result.err())
                .hasLineCount(1)
                .contains("listing is denied by the vault's role assignments (403); allow List on secrets")
                .doesNotContain("canary", "eyJ");
        assertThat(Path.of(file())).doesNotExist();
    }

    private String url() {
        return azure.url();
    }

    private String file() {
        return folder.resolve("secrets.yaml").toString();
    }

    private ChildJvm.Result run(String... arguments) throws Exception {
        return azure.command(arguments);
    }

    private static VaultStandIn.Version version(boolean enabled, Map<String, Long> dates) {
        return new VaultStandIn.Version(ID, "canary-value", enabled, dates);
    }

    private static long yesterday() {
        return Instant.now().minus(Duration.ofDays(1)).getEpochSecond();
    }
}
