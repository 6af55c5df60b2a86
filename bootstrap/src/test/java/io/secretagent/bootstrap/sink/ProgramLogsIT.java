package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs that programs write with code of their own, and a language whose standard streams are native. */
class ProgramLogsIT {
    private static final String ANT = """
            import java.nio.file.*;
            import org.apache.tools.ant.Main;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    Path build = Files.writeString(Path.of(folder[0]).resolveSibling("build.xml"), \"""
                            <project default="all"><target name="all">
                              <record name="${basedir}/logs/recorded.log"/>
                              <echo>echo ${canary}</echo>
                              <echo file="kept.txt">${canary}</echo>
                              <fail>failed ${canary}</fail>
                            </target></project>\""");
                    Main.main(new String[] {"-f", build.toString()});
                }
            }
            """;

    private static final String EQUINOX = """
            import java.util.*;
            import org.eclipse.osgi.framework.log.*;
            import org.osgi.framework.*;
            import org.osgi.framework.launch.*;
            import org.osgi.service.log.LoggerFactory;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    Framework framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(
                            Map.of(
                                    Constants.FRAMEWORK_STORAGE, folder[0] + "/../storage",
                                    "osgi.logfile", folder[0] + "/framework.log"));
                    framework.start();
                    BundleContext context = framework.getBundleContext();
                    context.getService(context.getServiceReference(FrameworkLog.class)).log(new FrameworkLogEntry(
                            "own", 4, 0, "message " + secret, 0, new IllegalStateException(secret), null));
                    context.getService(context.getServiceReference(LoggerFactory.class))
                            .getLogger("own")
                            .error("service " + secret);
                    framework.stop();
                    framework.waitForStop(0);
                }
            }
            """;

    private static final String HAZELCAST = """
            import com.hazelcast.config.Config;
            import com.hazelcast.core.*;
            import java.nio.file.*;

            public class Own {
                public static void main(String[] folder) throws Exception {
                    String secret = System.getProperty("canary");
                    Config config = new Config().setClusterName(secret).setInstanceName(secret);
                    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
                    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
                    config.setProperty("hazelcast.phone.home.enabled", "false");
                    config.setProperty("hazelcast.diagnostics.enabled", "true");
                    config.setProperty("hazelcast.diagnostics.directory", folder[0]);
                    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
                    while (!diagnostics(folder[0]).contains("Metric[")) {
                        Thread.sleep(50);
                    }
                    member.shutdown();
                }

                private static String diagnostics(String folder) throws Exception {
                    StringBuilder all = new StringBuilder();
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
                        for (Path file : files) {
                            all.append(Files.readString(file));
                        }
                    }
                    return all.toString();
                }
            }
            """;

    private static final String JRUBY = """
            public class Own {
                public static void main(String[] folder) throws Exception {
                    org.jruby.Main.main(new String[] {"-e", \"""
                            secret = ENV_JAVA["canary"]
                            puts "stream #{$stdout.to_channel.java_class}"
                            puts "printed #{secret}", [secret].pack("m"), secret.unpack1("H*")
                            $stdout.write "pieces ", secret[0, 9]
                            $stdout.flush
                            $stdout.write secret[9..-1], "\\n"
                            $stderr.puts "warned #{secret}"
                            raise "raised #{secret}"
                            \"""});
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void whatAntRecordsIsMasked(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run("ant-1.10", ANT, jdk);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("echo ***");
        assertThat(result.err()).contains("failed ***");
        assertThat(Files.readString(folder.resolve("logs/recorded.log"))).contains("echo ***");
        assertThat(Files.readString(folder.resolve("kept.txt"))).isEqualTo(Canary.VALUE);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void theLogOfEquinoxIsMasked(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run("equinox-3", EQUINOX, jdk);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(folder.resolve("logs/framework.log")))
                .contains("message ***")
                .contains("Exception: ***")
                .contains("service ***");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void diagnosticsOfHazelcastAreMasked(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run("hazelcast-5", HAZELCAST, jdk);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).contains("[***]");
        assertThat(folder.resolve("logs")).isDirectoryContaining("glob:**diagnostics-*.log");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void theNativeStreamsOfJRubyAreMasked(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run("jruby-9.4", JRUBY, jdk);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .contains("stream jnr.enxio.channels.NativeDeviceChannel")
                .contains("printed ***\n***\n***\n")
                .contains("pieces ***\n")
                .doesNotContain(HexFormat.of().formatHex("kR7$".getBytes(UTF_8)))
                .doesNotContain(Base64.getEncoder().encodeToString("canary".getBytes(UTF_8)));
        assertThat(result.err()).contains("warned ***").contains("raised ***");
    }

    private ChildJvm.Result run(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, logs);
        Canary.isNowhere(result, logs);
        return result;
    }
}
