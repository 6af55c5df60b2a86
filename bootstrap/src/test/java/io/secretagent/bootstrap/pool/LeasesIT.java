package io.secretagent.bootstrap.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Users of PostgreSQL that OpenBao makes for a few seconds, and that an application uses for longer. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LeasesIT {
    private static final String CREDENTIALS = "database/creds/app";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    private Path folder;

    @Test
    void whatIsLentIsRenewedReplacedBeforeItEndsAndGivenBack() throws Exception {
        makeRole("5s", "12s");
        try (HttpGate gate = new HttpGate(BAO.address());
                LivingJvm application = LivingJvm.start(
                        ChildJvm.on(Jdks.current()).agent(mapping(gate)).environment("VAULT_TOKEN", BAO.token()),
                        folder,
                        "-cp",
                        Jars.ofPools(),
                        UsesPool.class.getName(),
                        "datasource",
                        POSTGRES.url(),
                        "1")) {
            application.await(() -> gate.count("GET /v1/" + CREDENTIALS) >= 3);
            assertThat(gate.count("POST /v1/sys/leases/renew")).isGreaterThanOrEqualTo(2);
            // With the third of them.
            int made = application.out().length();
            application.await(() -> application.out().length() > made + 100);
            assertThat(application.end()).isZero();
            assertThat(application.out()).endsWith(" made and 0 failed\n").doesNotContain("failed 1 ");
            assertThat(application.err()).isEmpty();
        }
        assertThat(BAO.status("LIST", "sys/leases/lookup/" + CREDENTIALS, null)).isEqualTo(404);
    }

    private Path mapping(HttpGate gate) throws Exception {
        // What is lent is looked after by its own times.
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1h\nbackends:\n  bao: {type: vault, address: \"" + gate.address() + "\"}\nsecrets:\n  bao:\n"
                        + "    " + CREDENTIALS + "#*: db.*\n");
    }

    private static void makeRole(String length, String longest) throws Exception {
        BAO.call("POST", "sys/mounts/database", "{\"type\": \"database\"}");
        BAO.call(
                "POST",
                "database/config/postgres",
                Json.text(Map.of(
                        "plugin_name", "postgresql-database-plugin",
                        "allowed_roles", "app",
                        "connection_url",
                                "postgresql://postgres@127.0.0.1:" + POSTGRES.port() + "/postgres?sslmode=disable")));
        BAO.call(
                "POST",
                "database/roles/app",
                Json.text(Map.of(
                        "db_name",
                        "postgres",
                        "creation_statements",
                        "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL" + " '{{expiration}}'",
                        "default_ttl",
                        length,
                        "max_ttl",
                        longest)));
    }
}
