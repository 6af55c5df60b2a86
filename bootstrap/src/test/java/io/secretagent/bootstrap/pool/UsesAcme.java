package io.secretagent.bootstrap.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An application whose driver has not the word in its name. The database that it connects to is a stand-in: a file that
 * has the password. Connects once, and again for each line of its input, always with the password of the start.
 */
public final class UsesAcme {
    private static final String URL = "jdbc:acme:";

    public static void main(String[] file) throws Exception {
        DriverManager.registerDriver(new Acme());
        String password = System.getProperty("db.password");
        connect(file[0], password);
        System.out.println("lives");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            connect(file[0], password);
        }
    }

    private static void connect(String file, String password) throws SQLException {
        try (Connection made = DriverManager.getConnection(URL + file, "app", password)) {
            System.out.println("connected " + (made != null));
        } catch (SQLInvalidAuthorizationSpecException e) {
            System.out.println("refused");
        }
    }

    private static final class Acme implements Driver {
        @Override
        public @Nullable Connection connect(String url, Properties login) throws SQLException {
            if (!acceptsURL(url)) {
                return null;
            }
            try {
                String expected = Files.readString(Path.of(url.substring(URL.length())));
                if (!expected.equals(login.getProperty("password"))) {
                    throw new SQLInvalidAuthorizationSpecException("the password is wrong", "28P01");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return (Connection) Proxy.newProxyInstance(
                    Acme.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, values) -> null);
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith(URL);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties login) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    private UsesAcme() {}
}
