package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Store;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The application's logging is the application's to choose, in {@code main}. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class LoggingHazardsIT {
    private static final ChildJvm.Result OWN_MANAGER = new ChildJvm.Result(0, "OwnManager\n", "");
    private static final String MANAGER = "public class OwnManager extends java.util.logging.LogManager {}";

    private static final String FINDER = """
            package finder;

            public class Finder extends System.LoggerFinder {
                public Finder() {
                    System.setProperty("finders", "" + (1 + Integer.getInteger("finders", 0)));
                }

                public System.Logger getLogger(String name, Module module) {
                    return new System.Logger() {
                        public String getName() {
                            return name;
                        }

                        public boolean isLoggable(Level level) {
                            return false;
                        }

                        public void log(Level level, java.util.ResourceBundle bundle, String text, Throwable thrown) {}

                        public void log(Level level, java.util.ResourceBundle bundle, String text, Object... values) {}
                    };
                }
            }
            """;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    LoggingHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", "canary-3d62-logging");
    }

    @Test
    void aLogManagerThatMainNamesIsUsed() throws Exception {
        assertThat(child().classPath(manager()).run(NamesLogManager.class)).isEqualTo(OWN_MANAGER);
    }

    @Test
    void aLogManagerThatMainNamesIsUsedBesideAConfigurationFile() throws Exception {
        Path configuration = Files.writeString(folder.resolve("logging.properties"), ".level=INFO\n");
        ChildJvm child = child().option("-Djava.util.logging.config.file=" + configuration);
        assertThat(child.classPath(manager()).run(NamesLogManager.class)).isEqualTo(OWN_MANAGER);
    }

    @Test
    void aLogManagerThatOnlyMainCanLoadIsUsed() throws Exception {
        ChildJvm child = child().option("-Djava.util.logging.manager=OwnManager");
        assertThat(child.run(LoadsLogManager.class, manager().toUri().toString()))
                .isEqualTo(OWN_MANAGER);
    }

    @Test
    void theApplicationsLoggerFinderIsNotInstantiatedBeforeMain() throws Exception {
        assertThat(child().classPath(finder()).run(UsesSystemLogger.class))
                .isEqualTo(new ChildJvm.Result(0, "before: 0\nafter: 1\n", ""));
    }

    /** JDK-8329013: verifying the jar that the finder is in asks for a logger, which asks for the finder. */
    @Test
    void aLoggerFinderInASignedJarDoesNotRecurse() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path jar = folder.resolve("signed.jar");
        run("keytool -genkeypair -keyalg EC -alias a -dname CN=a -storepass changeit -keystore " + keys);
        run("jar --create --file " + jar + " -C " + finder() + " .");
        run("jarsigner -storepass changeit -keystore " + keys + " " + jar + " a");
        assertThat(child().classPath(jar).run(UsesSystemLogger.class))
                .isEqualTo(new ChildJvm.Result(0, "before: 0\nafter: 1\n", ""));
    }

    private ChildJvm child() throws Exception {
        return store.child(jdk, "API_KEY: api.key");
    }

    private Path manager() throws Exception {
        return new Compiler(jdk, folder).classes("OwnManager", MANAGER);
    }

    private Path finder() throws Exception {
        Path classes = new Compiler(jdk, folder).classes("Finder", FINDER);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.lang.System$LoggerFinder"), "finder.Finder");
        return classes;
    }

    private void run(String tool) throws Exception {
        String[] words = tool.split(" ", -1);
        new Compiler(jdk, folder).run(words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    static final class NamesLogManager {
        public static void main(String[] arguments) {
            System.setProperty("java.util.logging.manager", "OwnManager");
            System.out.println(LogManager.getLogManager().getClass().getName());
        }
    }

    /** As JBoss Modules does. */
    static final class LoadsLogManager {
        public static void main(String[] classes) throws Exception {
            ClassLoader loader = new URLClassLoader(new URL[] {new java.net.URI(classes[0]).toURL()});
            Thread.currentThread().setContextClassLoader(loader);
            System.out.println(LogManager.getLogManager().getClass().getName());
        }
    }

    static final class UsesSystemLogger {
        public static void main(String[] arguments) throws Exception {
            System.out.println("before: " + Integer.getInteger("finders", 0));
            System.getLogger("application").log(System.Logger.Level.INFO, "hello");
            new ProcessBuilder("true").start().waitFor();
            System.out.println("after: " + Integer.getInteger("finders", 0));
        }
    }
}
