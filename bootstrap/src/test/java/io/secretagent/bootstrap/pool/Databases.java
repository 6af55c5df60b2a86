package io.secretagent.bootstrap.pool;

import io.secretagent.bootstrap.testing.Provision;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Debian's MariaDB, for its own driver and MySQL's, and H2, on ports of this machine. */
final class Databases implements BeforeAllCallback, AfterAllCallback {
    private static final String[] PACKAGES = {"mariadb-server-core", "libaio1", "liburing2", "libnuma1"};
    private static final String[] SCRIPTS = {"mysql_system_tables.sql", "mysql_system_tables_data.sql"};
    private static final String H2 = "jdbc:h2:mem:pools;DB_CLOSE_DELAY=-1";

    private @Nullable Path folder;
    private @Nullable ServerProcess mariadb;
    private int port;
    private @Nullable Server h2;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        h2 = Server.createTcpServer("-tcpPort", "0").start();
        Path root = Provision.orSkip("MariaDB", () -> Provision.debian("mariadb", PACKAGES));
        Path made = Files.createTempDirectory("mariadb");
        folder = made;
        Path data = Files.createDirectory(made.resolve("data"));
        List<String> command = List.of(
                root.resolve("usr/sbin/mariadbd").toString(),
                "--no-defaults",
                "--user=root",
                "--datadir=" + data,
                "--lc-messages-dir=" + root.resolve("usr/share/mysql"));
        Map<String, String> libraries = Map.of(
                "LD_LIBRARY_PATH", root.resolve("usr/lib/x86_64-linux-gnu").toString());
        bootstrap(root, command, libraries);
        port = ServerProcess.freePort();
        List<String> serving = Stream.concat(
                        command.stream(),
                        Stream.of(
                                "--skip-name-resolve",
                                "--bind-address=127.0.0.1",
                                "--port=" + port,
                                "--socket=" + made.resolve("socket")))
                .toList();
        mariadb = ServerProcess.start(serving, libraries, this::answers);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (h2 != null) {
            h2.stop();
        }
        if (mariadb != null) {
            mariadb.close();
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    String mariadb() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/";
    }

    String mysql() {
        return "jdbc:mysql://127.0.0.1:" + port + "/";
    }

    String h2() {
        return "jdbc:h2:tcp://127.0.0.1:" + Objects.requireNonNull(h2).getPort() + "/mem:pools";
    }

    /** Gives a user that can log in this password. */
    void password(String url, String user, String password) throws SQLException {
        if (url.startsWith("jdbc:h2:")) {
            run(H2, "CREATE USER IF NOT EXISTS " + user + " PASSWORD '" + password + "'");
            run(H2, "ALTER USER " + user + " SET PASSWORD '" + password + "'");
        } else {
            run(mariadb(), "CREATE OR REPLACE USER " + user + "@'%' IDENTIFIED BY '" + password + "'");
        }
    }

    private boolean answers() throws IOException {
        try {
            DriverManager.getConnection(mariadb(), "root", "").close();
            return true;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, url.equals(H2) ? "sa" : "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What the server's own script does, which wants programs of the client's package. */
    private static void bootstrap(Path root, List<String> command, Map<String, String> libraries)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("mariadb", ".sql");
        Path log = Files.createTempFile("mariadb", ".log");
        try {
            StringBuilder text = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n")
                    .append("SET @skip_auth_anonymous=1;\nSET @current_hostname='localhost';\n");
            for (String name : SCRIPTS) {
                text.append(Files.readString(root.resolve("usr/share/mysql").resolve(name)));
            }
            Files.writeString(script, text);
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(command.stream(), Stream.of("--bootstrap"))
                            .toList())
                    .redirectInput(script.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(libraries);
            if (builder.start().waitFor() != 0) {
                throw new IOException("MariaDB could not be set up: " + Files.readString(log));
            }
        } finally {
            Files.delete(script);
            Files.delete(log);
        }
    }
}
