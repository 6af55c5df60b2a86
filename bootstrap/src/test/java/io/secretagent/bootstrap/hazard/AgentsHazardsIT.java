package io.secretagent.bootstrap.hazard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which JVM the agent is for, and whom it is not alone with. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class AgentsHazardsIT {
    private static final String CANARY = "canary-3d62-agents";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    AgentsHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
    }

    @Test
    void givenTwiceItRunsOnce() throws Exception {
        ChildJvm.Result result = child().agent(store.mapping("NOPE: a")).run(ShowSecrets.class, "api.key");
        assertThat(result).isEqualTo(shown());
    }

    @Test
    void theNextAgentReadsTheSecrets() throws Exception {
        ChildJvm child = child().option("-javaagent:" + AgentJar.of(ReadsSecret.class, folder));
        assertThat(child.run(ShowSecrets.class, "api.key", "seen.by.agent").out())
                .isEqualTo(shown().out() + ShowSecrets.line("seen.by.agent", CANARY) + "\n");
    }

    @Test
    void anAgentThatRewritesEverythingIsNoTrouble() throws Exception {
        Path other = AgentJar.of(RewritesAll.class, folder);
        assertThat(child().option("-javaagent:" + other).run(ShowSecrets.class, "api.key"))
                .isEqualTo(shown());
        ChildJvm first = ChildJvm.on(jdk).option("-javaagent:" + other).agent(store.mapping("API_KEY: api.key"));
        assertThat(first.run(ShowSecrets.class, "api.key")).isEqualTo(shown());
    }

    @Test
    void anApplicationThatStartsAnAgentOfItsOwnIsNoTrouble() throws Exception {
        Path manifest = Files.writeString(
                folder.resolve("manifest"),
                "Main-Class: " + ShowSecrets.class.getName() + "\nLauncher-Agent-Class: "
                        + LaunchedWithJar.class.getName() + "\n");
        Path jar = folder.resolve("app.jar");
        new Compiler(jdk, folder)
                .run(
                        "jar",
                        "--create",
                        "--file",
                        jar.toString(),
                        "--manifest",
                        manifest.toString(),
                        "-C",
                        ChildJvm.testClasses().toString(),
                        ".");
        ChildJvm.Result result = child().run("-jar", jar.toString(), "api.key", "seen.by.agent");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(shown().out() + ShowSecrets.line("seen.by.agent", CANARY) + "\n");
    }

    @Test
    void attachedLateItDoesNotStart() throws Exception {
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-Dagent=" + ChildJvm.agentJar())
                .option("--add-modules=jdk.attach")
                .option("-Djdk.attach.allowAttachSelf=true")
                .option("-XX:+EnableDynamicAgentLoading")
                .run(AttachesLate.class);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("refused: ").contains("Agent-Class");
    }

    @Test
    void theJdksToolsAreLeftAlone() throws Exception {
        String options = option(store.mapping("NOPE: a"));
        for (String tool : new String[] {"keytool -help", "javac -version", "jps -q", "jcmd -l", "java -version"}) {
            String[] command = tool.split(" ", -1);
            ProcessBuilder builder =
                    new ProcessBuilder(jdk.tool(command[0]).toString(), command[1]).redirectErrorStream(true);
            builder.environment().put("JAVA_TOOL_OPTIONS", options);
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(tool).isZero();
            assertThat(out).as(tool).doesNotContain("secret-agent: ");
        }
    }

    @Test
    void theHelperGetsNoneOfTheJvmsOptionVariables() throws Exception {
        ChildJvm.Result result = ChildJvm.on(jdk)
                .environment(
                        "JAVA_TOOL_OPTIONS",
                        "-javaagent:" + ChildJvm.agentJar() + "=" + store.mapping("API_KEY: api.key"))
                .environment("JDK_JAVA_OPTIONS", "-Dfrom.options=1")
                .environment("_JAVA_OPTIONS", "-Dfrom.more=1")
                .run(ShowSecrets.class, "api.key");
        assertThat(result.out()).isEqualTo(shown().out());
        // Two from the application's own JVM, and the launcher's note; a helper would double them.
        assertThat(result.err().lines().filter(line -> line.startsWith("Picked up")))
                .hasSize(2);
    }

    /** As Jetty, Elasticsearch and Neo4j are started. */
    @Test
    void aLauncherHandsTheAgentToTheJvmThatIsMeant() throws Exception {
        ChildJvm.Result result = ChildJvm.on(jdk)
                .environment("JAVA_TOOL_OPTIONS", option(store.mapping("API_KEY: {property: api.key, env: KEY}")))
                .run(Launches.class, "nothing", jdk.java().toString());
        assertThat(result.out()).isEqualTo(shown().out());
    }

    @Test
    void anApplicationHandsItToNoChild() throws Exception {
        for (String read : new String[] {"property", "variable"}) {
            ChildJvm.Result result = ChildJvm.on(jdk)
                    .environment("JAVA_TOOL_OPTIONS", option(store.mapping("API_KEY: {property: api.key, env: KEY}")))
                    .run(Launches.class, read, jdk.java().toString());
            assertThat(result.out()).as(read).isEqualTo("api.key absent\n");
        }
    }

    @Test
    void aProgramInOneSourceFileIsNoTool() throws Exception {
        Path source = Files.writeString(folder.resolve("Program.java"), """
                public class Program {
                    public static void main(String[] arguments) {
                        System.out.println(System.getProperty("api.key"));
                    }
                }
                """);
        assertThat(child().run(source.toString())).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
    }

    @Test
    void aCheckpointIsRefusedSinceItWouldHoldTheSecrets() throws Exception {
        ChildJvm.Result result = child().option("-XX:+IgnoreUnrecognizedVMOptions")
                .option("-XX:CRaCCheckpointTo=" + folder.resolve("image"))
                .run(ShowSecrets.class, "api.key");
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("secret-agent: -XX:CRaCCheckpointTo would write the secrets to disk");
    }

    private ChildJvm child() throws Exception {
        return store.child(jdk, "API_KEY: api.key");
    }

    private static String option(Path mapping) {
        return "-javaagent:" + ChildJvm.agentJar() + "=" + mapping;
    }

    private static ChildJvm.Result shown() throws Exception {
        return new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", "");
    }

    /** Reads what its argument says, and has another JVM show the property. */
    static final class Launches {
        public static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("property")) {
                System.getProperty("api.key");
            } else if (arguments[0].equals("variable")) {
                System.getenv("KEY");
            }
            String classPath = System.getProperty("java.class.path");
            new ProcessBuilder(arguments[1], "-cp", classPath, ShowSecrets.class.getName(), "api.key")
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    public static final class ReadsSecret {
        public static void premain(String argument) {
            System.setProperty("seen.by.agent", System.getProperty("api.key"));
        }
    }

    public static final class LaunchedWithJar {
        public static void agentmain(String argument) {
            System.setProperty("seen.by.agent", System.getProperty("api.key"));
        }
    }

    /** Hands every class back as a copy, and has those that are loaded rewritten once more. */
    public static final class RewritesAll implements ClassFileTransformer {
        public static void premain(String argument, Instrumentation instrumentation) throws Exception {
            instrumentation.addTransformer(new RewritesAll(), true);
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                if (instrumentation.isModifiableClass(type) && type.getName().startsWith("java.io.")) {
                    instrumentation.retransformClasses(type);
                }
            }
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] original) {
            return original.clone();
        }
    }

    static final class AttachesLate {
        public static void main(String[] arguments) throws Exception {
            Object self = Class.forName("com.sun.tools.attach.VirtualMachine")
                    .getMethod("attach", String.class)
                    .invoke(null, "" + ProcessHandle.current().pid());
            try {
                self.getClass().getMethod("loadAgent", String.class).invoke(self, System.getProperty("agent"));
                System.out.println("loaded");
            } catch (java.lang.reflect.InvocationTargetException refused) {
                System.out.println("refused: " + refused.getCause());
            }
        }
    }
}
