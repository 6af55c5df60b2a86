package io.secretagent.bootstrap.pool;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application with a connection pool that knows nothing of the agent: the pool is given the user and the password that
 * two system properties have at the start. Each request takes a connection that the database has not seen before. Prints
 * {@code made N} now and then, and at the end of its input how many were made and how many requests failed.
 */
public final class UsesPool {
    /** So many connections are a line. */
    static final int EVERY = 20;

    /**
     * A pool.
     *
     * @param useUp gives a connection back in a way that the next one is new
     */
    private record Pool(Take take, UseUp useUp) {}

    private interface Take {
        Connection connection() throws SQLException;
    }

    private interface UseUp {
        void connection(Connection used) throws SQLException;
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments[1];
        int threads = Integer.parseInt(arguments[2]);
        String user = System.getProperty("db.username");
        String password = System.getProperty("db.password");
        Pool pool = pool(arguments[0], url, user, password);
        AtomicInteger made = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        Thread[] stop = new Thread[1];
        System.out.println("lives");
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted() && stop[0] == null) {
                    request(pool, made, failed);
                }
            });
            worker.start();
            workers.add(worker);
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            // Only the end is waited for.
        }
        stop[0] = Thread.currentThread();
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.println("ends with " + made + " made and " + failed + " failed");
        System.exit(0);
    }

    private static void request(Pool pool, AtomicInteger made, AtomicInteger failed) {
        try {
            Connection connection = pool.take().connection();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT 1")) {
                result.next();
            } finally {
                pool.useUp().connection(connection);
            }
            int now = made.incrementAndGet();
            if (now % EVERY == 0) {
                System.out.println("made " + now);
            }
        } catch (SQLException e) {
            System.out.println("failed " + failed.incrementAndGet() + " "
                    + e.getClass().getName() + " " + e.getSQLState() + " " + cause(e));
        }
    }

    private static String cause(Throwable e) {
        return e.getCause() instanceof SQLException cause ? cause.getSQLState() + " " + cause.getErrorCode() : "";
    }

    private static Pool pool(String kind, String url, String user, String password) throws Exception {
        return switch (kind) {
            case "hikari" -> hikari(url, user, password);
            case "tomcat" -> tomcat(url, user, password);
            case "dbcp" -> dbcp(url, user, password);
            case "c3p0" -> c3p0(url, user, password);
            case "agroal" -> agroal(url, user, password);
            case "datasource" -> dataSource(url, user, password);
            case "url" -> inUrl(url, user, password);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Pool hikari(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setConnectionTimeout(15_000);
        HikariDataSource source = new HikariDataSource(config);
        return new Pool(source::getConnection, connection -> {
            source.evictConnection(connection);
            connection.close();
        });
    }

    private static Pool tomcat(String url, String user, String password) throws SQLException {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(url);
        properties.setDriverClassName(DriverManager.getDriver(url).getClass().getName());
        properties.setUsername(user);
        properties.setPassword(password);
        properties.setInitialSize(1);
        DataSource source = new DataSource(properties);
        return new Pool(source::getConnection, connection -> {
            connection.unwrap(PooledConnection.class).setDiscarded(true);
            connection.close();
        });
    }

    private static Pool dbcp(String url, String user, String password) {
        BasicDataSource source = new BasicDataSource();
        source.setUrl(url);
        source.setUsername(user);
        source.setPassword(password);
        return new Pool(source::getConnection, source::invalidateConnection);
    }

    private static Pool c3p0(String url, String user, String password) {
        ComboPooledDataSource source = new ComboPooledDataSource();
        source.setJdbcUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setMinPoolSize(1);
        source.setInitialPoolSize(1);
        return new Pool(source::getConnection, connection -> {
            connection.close();
            source.softResetDefaultUser();
        });
    }

    private static Pool agroal(String url, String user, String password) throws SQLException {
        AgroalDataSource source = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(8)
                        .flushOnClose(true)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password)))));
        return new Pool(source::getConnection, Connection::close);
    }

    /** PostgreSQL's own, with a name and a password for each connection, as application servers have it. */
    private static Pool dataSource(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        return new Pool(() -> source.getConnection(user, password), Connection::close);
    }

    private static Pool inUrl(String url, String user, String password) {
        String whole = url + (url.contains("?") ? "&" : "?") + "user=" + user + "&password=" + password;
        return new Pool(() -> Objects.requireNonNull(DriverManager.getConnection(whole)), Connection::close);
    }

    private UsesPool() {}
}
