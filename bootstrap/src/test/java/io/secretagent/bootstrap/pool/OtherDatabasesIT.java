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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password that is changed under the load of eight threads, with the drivers and pools that {@link PoolIT} leaves out. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OtherDatabasesIT {
    private static final String CANARY = "canary-5d20c4-long";
    private static final String USER = "app";
    private static final int ROTATIONS = 4;
    private static final int CONNECTIONS = 160;

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final Databases DATABASES = new Databases();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"mariadb,dbcp", "mysql,c3p0", "h2,agroal", "mysql,hikari", "mariadb,url"})
    void noRequestFailsWhileThePasswordIsRotated(String database, String pool) throws Exception {
        String url = switch (database) {
            case "mariadb" -> DATABASES.mariadb();
            case "mysql" -> DATABASES.mysql();
            default -> DATABASES.h2();
        };
        DATABASES.password(url, USER, value(0));
        store(value(0));
        ChildJvm child = ChildJvm.on(Jdks.current()).agent(mapping()).environment("VAULT_TOKEN", BAO.token());
        try (LivingJvm application = LivingJvm.start(
                child,
                folder,
                "-cp",
                Jars.ofPools(org.mariadb.jdbc.Driver.class, com.mysql.cj.jdbc.Driver.class, org.h2.Driver.class),
                UsesPool.class.getName(),
                pool,
                url,
                "8")) {
            for (int i = 1; i <= ROTATIONS; i++) {
                awaitMade(application, CONNECTIONS * i / (ROTATIONS + 1));
                if (i % 2 == 0) {
                    store(value(i));
                    DATABASES.password(url, USER, value(i));
                } else {
                    DATABASES.password(url, USER, value(i));
                    store(value(i));
                }
            }
            awaitMade(application, CONNECTIONS);
            assertThat(application.end()).isZero();
            assertThat(application.out()).endsWith(" made and 0 failed\n");
            assertThat(application.err()).as("but for what the pools say").doesNotContain("secret-agent");
            assertThat(application.all()).doesNotContain("canary");
        }
    }

    private static void awaitMade(LivingJvm application, int number) throws Exception {
        int every = number - number % UsesPool.EVERY;
        if (every > 0) {
            application.await(() -> application.out().contains("made " + every + "\n"));
        }
    }

    private static void store(String password) throws IOException, InterruptedException {
        BAO.call("POST", "secret/data/pool", Json.text(Map.of("data", Map.of("username", USER, "password", password))));
    }

    private static String value(int number) {
        return CANARY + "-" + (1000 + number);
    }

    private Path mapping() throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1h\nbackends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/pool#*: db.*\n");
    }
}
