package io.secretagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent must not have touched when {@code main} begins. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class GuestIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    GuestIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("store")).resolve("API_KEY"), "canary-3d62-long");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    API_KEY: api.key\n");
    }

    @Test
    void loggingManagementAndNetworkAreNotLoadedBeforeMain() throws Exception {
        Path log = folder.resolve("classes.log");
        ChildJvm.Result result = child().option("-Xlog:class+load:file=" + log).run(ShowSecrets.class, "api.key");
        assertThat(result.exit()).isZero();
        List<String> beforeMain = Files.readAllLines(log).stream()
                .takeWhile(line -> !line.contains(" " + ShowSecrets.class.getName() + " "))
                .toList();
        assertThat(beforeMain).hasSizeGreaterThan(400).noneMatch(GuestIT::belongsToTheApplication);
    }

    @Test
    void theApplicationsLoggerFinderIsNotInstantiated() throws Exception {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve("java.lang.System$LoggerFinder"), Finder.class.getName());
        ChildJvm.Result result = child().classPath(folder.resolve("classes")).run(FinderMain.class);
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "before: 0\nafter: 1\n", ""));
    }

    @Test
    void noThreadOfOursOutlivesItsPurpose() throws Exception {
        assertThat(child().run(ThreadsMain.class)).isEqualTo(new ChildJvm.Result(0, "gone\n", ""));
    }

    @Test
    void theHelperGetsNoneOfTheJvmsOptionVariables() throws Exception {
        ChildJvm.Result result = ChildJvm.on(jdk)
                .environment(
                        "JAVA_TOOL_OPTIONS", "-javaagent:" + ChildJvm.agentJar() + "=" + folder.resolve("secrets.yaml"))
                .environment("JDK_JAVA_OPTIONS", "-Dfrom.options=1")
                .environment("_JAVA_OPTIONS", "-Dfrom.more=1")
                .run(ShowSecrets.class, "api.key");
        assertThat(result.out()).isEqualTo(ShowSecrets.line("api.key", "canary-3d62-long") + "\n");
        // Two from the application's own JVM, and the launcher's note; a helper would double them.
        assertThat(result.err().lines().filter(line -> line.startsWith("Picked up")))
                .hasSize(2);
    }

    @Test
    void aSecurityManagerIsRefusedInWords() throws Exception {
        Assumptions.assumeTrue(jdk.feature() < 24, "JDK 24 took the security manager away (JEP 486)");
        ChildJvm.Result result = child().option("-Djava.security.manager").run(ShowSecrets.class);
        assertThat(result.exit()).isNotZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("secret-agent: the JVM's security manager does not let the agent work");
    }

    private ChildJvm child() {
        return ChildJvm.on(jdk).agent(folder.resolve("secrets.yaml"));
    }

    /** The common ForkJoinPool is not among them: the JDK's own Process takes it, which is a documented exception. */
    private static boolean belongsToTheApplication(String line) {
        return List.of(
                        "java.util.logging.LogManager ",
                        "java.util.logging.Logger ",
                        "java.lang.management.",
                        "javax.management.",
                        "javax.net.ssl.",
                        "sun.security.ssl.",
                        "java.net.http.",
                        "java.net.Socket ",
                        "java.net.InetAddress ",
                        "java.security.Security ")
                .stream()
                .anyMatch(line::contains);
    }

    /** Counts its instances. */
    public static final class Finder extends System.LoggerFinder {
        static int instances;

        public Finder() {
            instances++;
        }

        @Override
        public System.Logger getLogger(String name, Module module) {
            return new System.Logger() {
                @Override
                public String getName() {
                    return name;
                }

                @Override
                public boolean isLoggable(Level level) {
                    return false;
                }

                @Override
                public void log(Level level, java.util.ResourceBundle bundle, String message, Throwable thrown) {}

                @Override
                public void log(Level level, java.util.ResourceBundle bundle, String format, Object... parameters) {}
            };
        }
    }

    static final class FinderMain {
        public static void main(String[] arguments) throws Exception {
            System.out.println("before: " + Finder.instances);
            System.getLogger("application").log(System.Logger.Level.INFO, "hello");
            new ProcessBuilder("true").start().waitFor();
            System.out.println("after: " + Finder.instances);
        }
    }

    static final class ThreadsMain {
        public static void main(String[] arguments) throws Exception {
            long end = System.nanoTime() + 20_000_000_000L;
            Set<String> ours = ours();
            while (!ours.isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
                ours = ours();
            }
            System.out.println(ours.isEmpty() ? "gone" : "left: " + ours);
        }

        private static Set<String> ours() {
            Set<String> names = new TreeSet<>();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().contains("secret")) {
                    names.add(thread.getName());
                }
            }
            return names;
        }
    }
}
