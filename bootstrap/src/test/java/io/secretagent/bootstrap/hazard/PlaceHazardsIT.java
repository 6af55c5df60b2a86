package io.secretagent.bootstrap.hazard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the agent may be put, and what the machine may be like. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class PlaceHazardsIT {
    private static final String CANARY = "canary-3d62-place";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    PlaceHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void pathsMayHaveSpacesAndLettersOfAnyKind() throws Exception {
        Path place = Files.createDirectory(folder.resolve("a b \u00fc \u4e2d 'q' #1 %41+"));
        for (String jar : List.of("secret-agent.jar", "bootstrap.jar")) {
            Files.copy(ChildJvm.distribution().resolve("lib").resolve(jar), place.resolve(jar));
        }
        Store store = new Store(place);
        store.put("API_KEY", CANARY);
        Path mapping = store.mapping("API_KEY: api.key");
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-javaagent:" + place.resolve("secret-agent.jar") + "=" + mapping)
                .environment("LC_ALL", "C.UTF-8")
                .in(place)
                .run(ShowSecrets.class, "api.key");
        assertThat(result).isEqualTo(shown());
    }

    @Test
    void theLocaleMayBePlain() throws Exception {
        assertThat(child().environment("LC_ALL", "POSIX").run(ShowSecrets.class, "api.key"))
                .isEqualTo(shown());
    }

    @Test
    void theClassPathMayBeHuge() throws Exception {
        ChildJvm child = child();
        for (int i = 0; i < 1_000; i++) {
            child.classPath(folder.resolve("libraries/some-library-with-a-long-name-" + i + ".jar"));
        }
        assertThat(child.run(ShowSecrets.class, "api.key")).isEqualTo(shown());
    }

    /** A mount namespace in which everything is read-only, {@code /tmp} too. */
    @Test
    void theRootMayBeReadOnlyAndTmpNotWritable() throws Exception {
        String script = "mount --bind / / && mount -o remount,ro,bind / && mount --bind /tmp /tmp"
                + " && mount -o remount,ro,bind /tmp && ! touch /tmp/written 2>/dev/null && exec \"$@\"";
        Assumptions.assumeTrue(
                exit("unshare", "-m", "sh", "-c", script, "sh", "true") == 0,
                "SKIPPED: this user may not make a mount namespace");
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", script, "sh"));
        command.addAll(
                child().command("-cp", ChildJvm.testClasses().toString(), ShowSecrets.class.getName(), "api.key"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).isEqualTo(shown().out());
    }

    /**
     * Memory that is not backed by files, of both JVMs at once. A stand-in for a container of 64 MiB, which this machine
     * may not make: the JVMs are told that they are in one, and what the kernel counts besides is not checked.
     */
    @Test
    void bothJvmsFitInto64MiB() throws Exception {
        ChildJvm child = child().option("-XX:+UseSerialGC")
                .option("-XX:MaxRAM=64m")
                .environment("SECRET_AGENT_HELPER_OPTS", "-XX:MaxRAM=64m");
        long limit = jdk.feature() < 25 ? 64 : 72;
        Process process = child.start(
                folder.resolve("out"),
                folder.resolve("err"),
                "-cp",
                ChildJvm.testClasses().toString(),
                ShowSecrets.class.getName(),
                "api.key");
        long most = 0;
        while (process.isAlive()) {
            long both = anonymous(process.pid());
            for (ProcessHandle helper : process.children().toList()) {
                // Between its fork and its exec it is its parent's memory that a child shows.
                if (!command(helper.pid()).equals(command(process.pid()))) {
                    both += anonymous(helper.pid());
                }
            }
            most = Math.max(most, both);
        }
        assertThat(Files.readString(folder.resolve("out"))).isEqualTo(shown().out());
        assertThat(most).isBetween(1L, limit << 10);
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    /** In KiB. */
    private static long anonymous(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("RssAnon:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        return 0;
    }

    private ChildJvm child() throws IOException {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        return store.child(jdk, "API_KEY: api.key");
    }

    private static int exit(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private static ChildJvm.Result shown() throws Exception {
        return new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", "");
    }
}
