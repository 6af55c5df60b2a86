package io.secretagent.bootstrap.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A password that is changed in PostgreSQL and in OpenBao under the load of eight threads, each of whose requests wants a
 * new connection. {@code -Dsecretagent.pool.rotations=50 -Dsecretagent.pool.connections=10000} makes it longer.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PoolIT {
    private static final String CANARY = "canary-90b7e2-long";
    private static final int ROTATIONS = Integer.getInteger("secretagent.pool.rotations", 6);
    private static final int CONNECTIONS = Integer.getInteger("secretagent.pool.connections", 240);
    private static final int THREADS = 8;

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    private Path folder;

    private int passwords;
    private String role = "app_0";
    private String password = "";

    @ParameterizedTest
    @CsvSource({"hikari,0", "tomcat,1", "datasource,0", "url,1"})
    void noRequestFailsWhileThePasswordIsRotated(String pool, int jdk) throws Exception {
        List<Jdks.Jdk> jdks = Jdks.all();
        makeRoles();
        ChildJvm child = ChildJvm.on(jdks.get(Math.min(jdk, jdks.size() - 1)))
                .agent(mapping())
                .environment("VAULT_TOKEN", BAO.token());
        try (LivingJvm application = start(child, pool)) {
            for (int i = 1; i <= ROTATIONS; i++) {
                awaitMade(application, CONNECTIONS * i / (ROTATIONS + 1));
                rotate(i);
            }
            awaitMade(application, CONNECTIONS);
            assertThat(application.end()).isZero();
            assertThat(application.out()).endsWith(" made and 0 failed\n");
            assertThat(application.err()).as("but for what the pools say").doesNotContain("secret-agent");
            assertThat(application.all()).doesNotContain("canary");
        }
    }

    @Test
    void withoutTheAgentRequestsFail() throws Exception {
        makeRoles();
        ChildJvm child =
                ChildJvm.on(Jdks.current()).option("-Ddb.username=" + role).option("-Ddb.password=" + password);
        try (LivingJvm application = start(child, "datasource")) {
            awaitMade(application, 40);
            rotate(1);
            application.await(() -> application.out().contains("failed 20 "));
            assertThat(application.out()).contains("org.postgresql.util.PSQLException 28P01");
        }
    }

    private LivingJvm start(ChildJvm child, String pool) throws Exception {
        return LivingJvm.start(
                child,
                folder,
                "-cp",
                Jars.ofPools(),
                UsesPool.class.getName(),
                pool,
                POSTGRES.url(),
                Integer.toString(THREADS));
    }

    private static void awaitMade(LivingJvm application, int number) throws Exception {
        int every = number - number % UsesPool.EVERY;
        if (every > 0) {
            application.await(() -> application.out().contains("made " + every + "\n"));
        }
    }

    private void makeRoles() throws Exception {
        for (String name : List.of("app_0", "app_1")) {
            POSTGRES.run("DROP ROLE IF EXISTS " + name);
            POSTGRES.run("CREATE ROLE " + name + " LOGIN PASSWORD '" + nextPassword() + "'");
        }
        role = "app_1";
        store();
    }

    /** The two are changed one after the other, in either order; each third time it is another user's turn. */
    private void rotate(int number) throws Exception {
        nextPassword();
        if (number % 3 == 0) {
            role = role.equals("app_0") ? "app_1" : "app_0";
            alter();
            store();
        } else if (number % 2 == 0) {
            store();
            alter();
        } else {
            alter();
            store();
        }
    }

    private void alter() throws SQLException {
        POSTGRES.run("ALTER ROLE " + role + " PASSWORD '" + password + "'");
    }

    private void store() throws IOException, InterruptedException {
        BAO.call("POST", "secret/data/pool", Json.text(Map.of("data", Map.of("username", role, "password", password))));
    }

    /** Each is as long as the others, and none is in another. */
    private String nextPassword() {
        password = CANARY + "-" + (1000 + passwords++);
        return password;
    }

    private Path mapping() throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1h\nbackends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/pool#*: db.*\n");
    }
}
