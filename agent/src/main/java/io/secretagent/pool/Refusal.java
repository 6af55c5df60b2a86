package io.secretagent.pool;

import java.sql.SQLException;
import java.util.Set;

/** Whether a driver's exception means that the database knows who asks and does not let him in. */
final class Refusal {
    /** Of SQL: invalid authorization specification. */
    private static final String STATE = "28";

    private static final String DERBY_STATE = "08004";

    /**
     * Of those that have a state of their own: MySQL, SQL Server, Oracle, jTDS and Sybase, Snowflake. Not the codes of locked
     * and expired accounts, which another password does not open.
     */
    private static final Set<Integer> CODES = Set.of(1045, 18456, 1017, 4002, 390100);

    private static final int LONGEST_CHAIN = 10;

    /** Wrappers of drivers and of pools have it as a cause. */
    static boolean is(Throwable thrown) {
        Throwable next = thrown;
        for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
            if (next instanceof SQLException failed && is(failed)) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }

    private static boolean is(SQLException failed) {
        String state = failed.getSQLState();
        return (state != null && (state.startsWith(STATE) || state.equals(DERBY_STATE)))
                || CODES.contains(failed.getErrorCode());
    }

    private Refusal() {}
}
