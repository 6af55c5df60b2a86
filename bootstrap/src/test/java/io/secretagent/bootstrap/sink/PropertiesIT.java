package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which the JVM itself prints system properties. */
class PropertiesIT {
    private static final String JDKS = "io.secretagent.bootstrap.testing.Jdks#all";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource(JDKS)
    void theJvmPrintsMasks(Jdks.Jdk jdk) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process jvm = new Canary(folder)
                .child(jdk)
                .option("-Djava.rmi.server.hostname=127.0.0.1")
                .start(out, err, "-cp", ChildJvm.testClasses().toString(), PrintsProperties.class.getName());
        try {
            long limit = System.nanoTime() + 60_000_000_000L;
            while (!Files.readString(out).contains("ready") && jvm.isAlive() && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
            assertMasked(tool(jdk, "jcmd", Long.toString(jvm.pid()), "VM.system_properties"));
            assertMasked(tool(jdk, "jinfo", "-sysprops", Long.toString(jvm.pid())));
            assertThat(overJmx(Files.readString(out))).isEqualTo("***");
            jvm.getOutputStream().close();
            assertThat(jvm.waitFor()).as(Files.readString(err)).isZero();
        } finally {
            jvm.destroyForcibly();
        }
        assertThat(Files.readAllLines(out))
                .contains(
                        "padded=" + "x".repeat(25) + "***",
                        "canary=***",
                        "bean masked",
                        "jmx masked",
                        "diagnostic masked",
                        "raw true");
        assertThat(Files.readString(out)).contains(", canary=***", "<entry key=\"canary\">***</entry>");
        assertThat(Files.readString(out)).doesNotContain("canary-a", "kR7$1x", "x".repeat(25) + "c");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void showSettingsPrintsMasks(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .option("-XshowSettings:properties")
                .run(ShowsItsState.class);

        assertMasked(result.out() + result.err());
    }

    /** A recording has the properties of the JVM's start, when the secrets were not there yet. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void aFlightRecordingHasNone(Jdks.Jdk jdk) throws Exception {
        Path recording = folder.resolve("recording.jfr");
        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .option("-XX:StartFlightRecording:filename=" + recording)
                .run(ShowsItsState.class);

        assertThat(result.exit()).as(result.err()).isZero();
        String printed = tool(jdk, "jfr", "print", recording.toString());
        assertThat(printed).contains("jdk.InitialSystemProperty").doesNotContain(Canary.VALUE, Canary.VARIED);
    }

    /** As a console or an exporter on another machine would ask. */
    @SuppressWarnings("BanJNDI") // the address is of the test's own JVM
    private static @Nullable Object overJmx(String printed) throws Exception {
        String address = printed.lines()
                .filter(line -> line.startsWith("connect "))
                .findAny()
                .orElseThrow()
                .substring("connect ".length());
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            TabularData properties = (TabularData) connector
                    .getMBeanServerConnection()
                    .getAttribute(new ObjectName("java.lang:type=Runtime"), "SystemProperties");
            return Objects.requireNonNull(properties.get(new Object[] {"canary"}))
                    .get("value");
        }
    }

    private String tool(Jdks.Jdk jdk, String name, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve(name);
        ProcessBuilder tool =
                new ProcessBuilder(jdk.home().resolve("bin").resolve(name).toString());
        tool.command().addAll(List.of(arguments));
        assertThat(tool.redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start()
                        .waitFor())
                .isZero();
        return Files.readString(out);
    }

    private static void assertMasked(String printed) {
        assertThat(printed.lines().map(line -> line.strip().replace(" ", ""))).contains("canary=***");
        assertThat(printed).doesNotContain("canary-a", "kR7$1x");
    }
}
