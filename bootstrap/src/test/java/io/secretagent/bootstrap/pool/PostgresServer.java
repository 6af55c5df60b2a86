package io.secretagent.bootstrap.pool;

import io.secretagent.bootstrap.testing.Provision;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL server on loopback that asks everybody but its owner for a password. */
final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
    private @Nullable EmbeddedPostgres server;
    private @Nullable Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        Path made = Files.createTempDirectory("postgres");
        folder = made;
        EmbeddedPostgres started = Provision.orSkip(
                "PostgreSQL",
                () -> EmbeddedPostgres.builder()
                        .setDataDirectory(made.resolve("data"))
                        .setOverrideWorkingDirectory(made.toFile())
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "200")
                        .start());
        server = started;
        Files.writeString(made.resolve("data/pg_hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all all      127.0.0.1/32 scram-sha-256
                """);
        run("SELECT pg_reload_conf()");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
        }
        try (var files = Files.walk(Objects.requireNonNull(folder))) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(PostgresServer::delete);
        }
    }

    int port() {
        return Objects.requireNonNull(server).getPort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    }

    /** As its owner. */
    void run(String sql) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(server).getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
