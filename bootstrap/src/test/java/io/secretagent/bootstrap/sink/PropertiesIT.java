package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .start(out, err, "-cp", ChildJvm.testClasses().toString(), PrintsProperties.class.getName());
        try {
            long limit = System.nanoTime() + 60_000_000_000L;
            while (!Files.readString(out).contains("ready") && jvm.isAlive() && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
            assertMasked(tool(jdk, "jcmd", Long.toString(jvm.pid()), "VM.system_properties"));
            assertMasked(tool(jdk, "jinfo", "-sysprops", Long.toString(jvm.pid())));
            jvm.getOutputStream().close();
            assertThat(jvm.waitFor()).as(Files.readString(err)).isZero();
        } finally {
            jvm.destroyForcibly();
        }
        assertThat(Files.readAllLines(out))
                .contains("padded=" + "x".repeat(25) + "***", "canary=***", "bean masked", "jmx masked", "raw true");
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
