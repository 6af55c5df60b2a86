package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code secret-agent init} where it has nothing to write, or nowhere to. */
@Timeout(180)
class InitFaultsIT {
    private static final String CANARY = "canary-1f7c44d0-long";

    @TempDir
    private Path folder;

    @Test
    void whatIsThereIsReplacedOnlyByForce() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("store")).resolve("KEY"), CANARY);
        Files.writeString(folder.resolve("secrets.yaml"), "mine");
        Launched refused = run(Map.of(), "--backend", "directory", "--path", "store");
        assertThat(refused.exit()).isEqualTo(64);
        assertThat(refused.err())
                .isEqualTo("secret-agent: secrets.yaml is there already; name another --output, or replace it with"
                        + " --force\n");
        assertThat(mapping()).isEqualTo("mine");
        assertThat(run(Map.of(), "--backend", "directory", "--path", "store", "--force")
                        .exit())
                .isZero();
        assertThat(mapping()).contains("    KEY:\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.yaml"))))
                .isEqualTo("rw-r--r--");
        Path other = Files.createDirectories(folder.resolve("other/place"));
        Launched elsewhere = run(Map.of(), "--backend", "directory", "--path", "store", "--output", other + "/m.yaml");
        assertThat(elsewhere.exit()).isZero();
        assertThat(Launched.in(folder, Map.of(), "verify", "--mapping", other + "/m.yaml")
                        .exit())
                .isZero();
        assertThat(run(Map.of(), "--backend", "directory", "--path", "store", "--output", "none/m.yaml")
                        .exit())
                .isEqualTo(74);
    }

    @Test
    void whatCannotBeListedIsToldInOneLineThatHelps() throws Exception {
        assertFails(64, "init needs --backend azure, aws, vault or directory", Map.of());
        assertFails(64, "--backend is azure, aws, vault or directory", Map.of(), "--backend", "gcp");
        assertFails(64, "--url https://NAME.vault.azure.net", Map.of(), "--backend", "azure");
        assertFails(64, "needs --path FOLDER", Map.of(), "--backend", "directory");
        assertFails(64, "needs --address https://HOST:8200, or VAULT_ADDR", Map.of(), "--backend", "vault");
        assertFails(66, "there is no folder", Map.of(), "--backend", "directory", "--path", "nope");
        assertFails(
                78, "http, which anybody on the way can read", Map.of(), "--backend", "vault", "--address", "http://v");
        assertFails(78, "region", Map.of(), "--backend", "directory", "--path", ".", "--region", "us-east-1");
        String closed = "http://127.0.0.1:" + ServerProcess.freePort();
        assertFails(
                69, "refused the connection", aws(), "--backend", "aws", "--region", "us-east-1", "--endpoint", closed);
        assertFails(
                69, "refuses the connection", Map.of("VAULT_TOKEN", CANARY), "--backend", "vault", "--address", closed);
        assertThat(folder.resolve("secrets.yaml")).doesNotExist();
    }

    private void assertFails(int exit, String says, Map<String, String> environment, String... arguments)
            throws Exception {
        Launched result = run(environment, arguments);
        assertThat(result.exit()).as(result.err()).isEqualTo(exit);
        assertThat(result.err()).hasLineCount(1).startsWith("secret-agent: ").contains(says);
        assertThat(result.all()).doesNotContain("canary");
    }

    private String mapping() throws IOException {
        return Files.readString(folder.resolve("secrets.yaml"));
    }

    private static Map<String, String> aws() {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIAAPP",
                "AWS_SECRET_ACCESS_KEY",
                CANARY + "-access-key",
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    private Launched run(Map<String, String> environment, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "init";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Launched.in(Objects.requireNonNull(folder), environment, all);
    }
}
