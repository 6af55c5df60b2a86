package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What drivers of databases show of their packets, a few bytes a line, so that no line is known. */
class HexDumpsIT {
    private static final String MYSQL = """
            import com.mysql.cj.util.StringUtils;

            public class Own {
                public static void main(String[] none) throws Exception {
                    byte[] packet = ("login " + System.getProperty("canary") + " and more").getBytes("UTF-8");
                    byte[] longer = java.util.Arrays.copyOf(packet, packet.length + 50);
                    System.out.println(StringUtils.dumpAsHex(longer, packet.length));
                    System.out.println("kept " + new String(longer, "UTF-8").contains(System.getProperty("canary")));
                }
            }
            """;

    private static final String MARIADB = """
            import org.mariadb.jdbc.util.log.LoggerHelper;

            public class Own {
                public static void main(String[] none) throws Exception {
                    byte[] packet = ("login " + System.getProperty("canary") + " and more").getBytes("UTF-8");
                    byte[] longer = new byte[packet.length + 50];
                    System.arraycopy(packet, 0, longer, 20, packet.length);
                    System.out.println(LoggerHelper.hex(packet, 0, packet.length));
                    System.out.println(LoggerHelper.hex(longer, 20, packet.length, 1000));
                    System.out.println(LoggerHelper.hex(new byte[] {1, 0, 0, 0}, longer, 20, packet.length, 1000));
                    System.out.println("kept " + new String(longer, "UTF-8").contains(System.getProperty("canary")));
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ofMySqlAreMasked(Jdks.Jdk jdk) throws Exception {
        assertMasked(Compiled.in(folder, "mysql-9", MYSQL).run(jdk), "* *");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ofMariaDbAreMasked(Jdks.Jdk jdk) throws Exception {
        assertMasked(Compiled.in(folder, "mariadb-3", MARIADB).run(jdk), "login *** and m");
    }

    private static void assertMasked(ChildJvm.Result result, String shown) {
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains(shown).contains("kept true");
        // "cana", in both columns.
        assertThat(result.out().toLowerCase(Locale.ROOT))
                .doesNotContain("63 61 6e 61")
                .doesNotContain("c a n a")
                .doesNotContain("cana")
                .doesNotContain("kr7$");
    }
}
