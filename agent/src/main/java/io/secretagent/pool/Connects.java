package io.secretagent.pool;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects in a driver's place, by that driver, with the current values instead of those that a pool has kept. If it is
 * not let in with them, they have changed: the backend is asked, and what it says is tried, then what was before, since
 * during a rotation the database and the backend change one after the other.
 */
final class Connects {
    private static final long ASK_MILLIS = 10_000;
    /** How long the backend may be behind the database. */
    private static final long PATIENCE_SECONDS = 5;

    private static final long BETWEEN_ASKS_MILLIS = 250;
    /** Databases lock accounts after a few attempts in vain. */
    private static final int MOST_EXTRA = 2;

    private final Passwords passwords;
    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();

    Connects(Passwords passwords) {
        this.passwords = passwords;
    }

    /** Null if the driver is to go on by itself, since nothing of ours is in the URL and the properties that it is given. */
    Object @Nullable [] connect(Object[] driverUrlProperties) throws SQLException {
        if (!(driverUrlProperties[1] instanceof String url)) {
            return null;
        }
        Login login = Login.of(url, (Properties) driverUrlProperties[2], passwords.versions());
        return login == null ? null : new Object[] {new Attempt((Driver) driverUrlProperties[0], login).connect()};
    }

    /** One connection that somebody wants. */
    private final class Attempt {
        private final Driver driver;
        private final Login login;
        private final Account account;
        /** The steps whose values were refused. */
        private final Set<Integer> refused = new HashSet<>();

        private int extra;

        Attempt(Driver driver, Login login) {
            this.driver = driver;
            this.login = login;
            this.account = accounts.computeIfAbsent(
                    driver.getClass().getName() + "\n" + login.account(), key -> new Account());
        }

        @Nullable Connection connect() throws SQLException {
            account.awaitOther();
            SQLException first;
            try {
                return connect(account.preferred(passwords.versions().step()));
            } catch (SQLException e) {
                if (!Refusal.is(e)) {
                    throw e;
                }
                first = e;
            }
            if (!account.begin()) {
                throw first;
            }
            try {
                return findOut(first);
            } finally {
                account.end();
            }
        }

        private @Nullable Connection findOut(SQLException first) throws SQLException {
            // What another thread has found out meanwhile.
            Object[] let = tryWith(account.preferred(passwords.versions().step()));
            if (let == null && account.isPaused()) {
                throw first;
            }
            if (let == null) {
                passwords.ask(login.holders(), ASK_MILLIS);
                let = tryWith(passwords.versions().step());
            }
            if (let == null) {
                let = tryWith(passwords.versions().stepBefore(login.holders()));
            }
            if (let == null) {
                let = tryWithWhatComes();
            }
            if (let == null) {
                account.pause();
                throw first;
            }
            return (Connection) let[0];
        }

        private Object @Nullable [] tryWithWhatComes() throws SQLException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            Object[] let = null;
            while (let == null && extra < MOST_EXTRA && until - System.nanoTime() > 0) {
                try {
                    Thread.sleep(BETWEEN_ASKS_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
                passwords.ask(login.holders(), ASK_MILLIS);
                let = tryWith(passwords.versions().step());
            }
            return let;
        }

        /** Null if these values were refused, now or before. */
        private Object @Nullable [] tryWith(int step) throws SQLException {
            if (extra == MOST_EXTRA || wasRefused(step)) {
                return null;
            }
            extra++;
            try {
                return new Object[] {connect(step)};
            } catch (SQLException e) {
                if (Refusal.is(e)) {
                    return null;
                }
                throw e;
            }
        }

        private boolean wasRefused(int step) {
            for (int other : refused) {
                if (!login.differs(passwords.versions(), step, other)) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Connection connect(int step) throws SQLException {
            Versions versions = passwords.versions();
            try {
                Connection connection = driver.connect(login.url(versions, step), login.properties(versions, step));
                if (connection != null) {
                    account.letIn(step, versions.step());
                }
                return connection;
            } catch (SQLException e) {
                if (Refusal.is(e)) {
                    refused.add(step);
                }
                throw e;
            }
        }
    }
}
