package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that are modules, and images of Java that lack some. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class ModuleHazardsIT {
    private static final String CANARY = "canary-3d62-modules";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    ModuleHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
    }

    @Test
    void aNamedModuleHasItsSecretsAndIsMasked() throws Exception {
        Path module = new Compiler(jdk, folder).module("app", "module app { requires java.logging; }", "Main", """
                package app;

                import java.util.logging.Logger;

                public class Main {
                    public static void main(String[] arguments) {
                        System.out.println("out " + System.getProperty("api.key") + " " + System.getenv("API_KEY"));
                        Logger.getLogger("app").info("log " + System.getProperty("api.key"));
                    }
                }
                """);
        ChildJvm.Result result = store.child(jdk, "API_KEY: {property: api.key, env: API_KEY}")
                .run("-p", module.toString(), "-m", "app/app.Main");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("out *** ***\n");
        assertThat(result.err()).contains("log ***").doesNotContain(CANARY);
    }

    /** As OSGi and JBoss Modules do: but for {@code java.*} nothing comes from outside. */
    @Test
    void aLoaderThatHidesAllButTheJdkReachesTheMasker() throws Exception {
        Path classes = new Compiler(jdk, folder).classes("Hidden", """
                import java.util.logging.*;

                public class Hidden extends Formatter implements Runnable {
                    public void run() {
                        Handler handler = new StreamHandler(System.out, this);
                        handler.publish(new LogRecord(Level.INFO, System.getProperty("api.key")));
                        handler.flush();
                        for (StackTraceElement frame : new Throwable().getStackTrace()) {
                            System.out.println(frame.getClassName());
                        }
                    }

                    public String format(LogRecord record) {
                        return "log " + record.getMessage() + System.lineSeparator();
                    }
                }
                """);
        ChildJvm.Result result = store.child(jdk, "API_KEY: api.key").run(RunsHidden.class, "" + classes.toUri());
        assertThat(result)
                .isEqualTo(new ChildJvm.Result(0, "log ***\nHidden\n" + RunsHidden.class.getName() + "\n", ""));
    }

    @Test
    void anImageWithoutOurModulesRunsWithAFolder() throws Exception {
        ChildJvm.Result result = image("java.base,java.instrument")
                .agent(store.mapping("API_KEY: api.key"))
                .run(ShowSecrets.class, "api.key");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", ""));
    }

    /** The JVM's own words: nothing of ours runs. */
    @Test
    void anImageWithoutJavaInstrumentSaysSo() throws Exception {
        ChildJvm.Result result =
                image("java.base").agent(store.mapping("API_KEY: api.key")).run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err() + result.out()).contains("Module java.instrument may be missing from runtime image");
    }

    private ChildJvm image(String modules) throws Exception {
        Path image = folder.resolve("image");
        new Compiler(jdk, folder).run("jlink", "--add-modules", modules, "--output", image.toString());
        return ChildJvm.on(new Jdks.Jdk(jdk.feature(), image));
    }

    static final class RunsHidden {
        public static void main(String[] classes) throws Exception {
            ClassLoader hiding = new URLClassLoader(new URL[] {new URI(classes[0]).toURL()}, null) {
                @Override
                public URL getResource(String name) {
                    return findResource(name);
                }
            };
            ((Runnable) hiding.loadClass("Hidden").getConstructor().newInstance()).run();
        }
    }
}
