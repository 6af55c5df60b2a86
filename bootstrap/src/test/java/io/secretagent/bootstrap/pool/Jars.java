package io.secretagent.bootstrap.pool;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.log.MLog;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.pool.ConnectionPool;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.juli.OneLineFormatter;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** A class path of the jars that classes are in. */
final class Jars {
    private static final Class<?>[] POOLS = {
        UsesPool.class,
        PGSimpleDataSource.class,
        HikariDataSource.class,
        DataSource.class,
        OneLineFormatter.class,
        BasicDataSource.class,
        ObjectPool.class,
        LogFactory.class,
        ComboPooledDataSource.class,
        MLog.class,
        AgroalDataSource.class,
        ConnectionPool.class,
        LoggerFactory.class
    };

    /** Those of {@link UsesPool}, PostgreSQL's driver among them, and these. */
    static String ofPools(Class<?>... drivers) {
        return Stream.concat(Arrays.stream(POOLS), Arrays.stream(drivers))
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }

    private Jars() {}
}
