package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.Main;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.InterruptedChange;
import io.secretagent.bootstrap.testing.Interruption;
import io.secretagent.bootstrap.testing.Jdks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link InterruptedChange} at a key vault's stand-in. Requests for tokens are not interrupted. */
@Timeout(900)
class AzureRotateInterruptedIT {
    private static final String HOST = "demo-keys.vault.azure.net";

    @TempDir
    private Path folder;

    @Test
    void inAKeyVault() throws Exception {
        Certificate ofVault = Certificate.make(folder, "vault", "localhost");
        Certificate inBetween = Certificate.make(folder, "between", HOST);
        try (LoginStandIn login = new LoginStandIn();
                VaultStandIn vault = new VaultStandIn(ofVault, login);
                Interruption between = Interruption.ofTls(
                        URI.create("https://localhost:" + vault.port()), inBetween.context(), ofVault.context())) {
            vault.allowLists();
            Files.writeString(
                    folder.resolve("secrets.yaml"),
                    "timeout: 10s\nbackends:\n  azure: {type: azure-key-vault, url: \"https://" + HOST + ":"
                            + between.port() + "\"}\nsecrets:\n  azure:\n    db#KEY: api\n");
            InterruptedChange change = new InterruptedChange(folder, tool(inBetween, login), "db#KEY");
            change.rotated(between, new InVault(vault));
            change.rolledBack(between, new InVault(vault));
        }
    }

    private record InVault(VaultStandIn vault) implements InterruptedChange.Stored {
        @Override
        public void begin(String key) {
            vault.remove("db");
            put(key);
        }

        /** A second apart: that is how exactly a key vault tells what was made before what. */
        @Override
        public void put(String key) {
            List<VaultStandIn.Version> versions = vault.versions("db");
            long made = Instant.now().getEpochSecond() - 1000 + versions.size();
            vault.put(
                    "db",
                    new VaultStandIn.Version(
                            "%032x".formatted(0xabc0L + versions.size()),
                            "{\"KEY\":\"" + key + "\",\"OTHER\":\"kept\"}",
                            true,
                            Map.of("created", made, "updated", made)));
        }

        @Override
        public String read(boolean previous) {
            List<VaultStandIn.Version> versions = vault.versions("db");
            return versions.get(versions.size() - (previous ? 2 : 1)).value();
        }

        @Override
        public boolean hasPrevious() {
            return true;
        }
    }

    private ProcessBuilder tool(Certificate trusted, LoginStandIn login) throws Exception {
        ProcessBuilder tool = new ProcessBuilder(ChildJvm.on(Jdks.current())
                .option("-Djavax.net.ssl.trustStore=" + trusted.keyStore())
                .option("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD)
                .option("-Djdk.net.hosts.file=" + Certificate.hostsFile(folder, HOST, "localhost"))
                .command(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        ChildJvm.distribution().resolve("lib/bootstrap.jar").toString(),
                        Main.class.getName()));
        tool.environment().put("IDENTITY_ENDPOINT", login.appServiceEndpoint());
        tool.environment().put("IDENTITY_HEADER", LoginStandIn.IDENTITY_HEADER);
        return tool;
    }
}
