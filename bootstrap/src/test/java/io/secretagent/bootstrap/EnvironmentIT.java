package io.secretagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ReadsEnvironment;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code env: NAME} in the agent: what {@code System.getenv} shows, and who else sees it. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class EnvironmentIT {
    private static final String CANARY = "canary-env-5f7d20";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    EnvironmentIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
        store.put("db.json", "{\"USER\":\"paracle-app\",\"PASSWORD\":\"" + CANARY + "-db\"}");
    }

    @Test
    void aVariableIsShownByNameAndInTheMap() throws Exception {
        ChildJvm.Result result = child("API_KEY: {env: API_KEY}").run(ReadsEnvironment.class, "show", "API_KEY");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, shown("API_KEY", CANARY), ""));
    }

    @Test
    void oneEntryGivesPropertyAndVariable() throws Exception {
        ChildJvm application = child("API_KEY: {property: api.key, env: API_KEY}");
        assertThat(application.run(ShowSecrets.class, "api.key").out())
                .isEqualTo(ShowSecrets.line("api.key", CANARY) + "\n");
        assertThat(application.run(ReadsEnvironment.class, "show", "API_KEY").out())
                .isEqualTo(shown("API_KEY", CANARY));
    }

    @Test
    void everyKeyOfAJsonSecretBecomesAVariable() throws Exception {
        ChildJvm.Result result =
                child("db.json#*: {env: DB_*}").run(ReadsEnvironment.class, "show", "DB_USER", "DB_PASSWORD");
        assertThat(result.out()).isEqualTo(shown("DB_USER", "paracle-app") + shown("DB_PASSWORD", CANARY + "-db"));
    }

    @Test
    void theMapKeepsItsContractAndCannotBeChanged() throws Exception {
        ChildJvm.Result result = child("API_KEY: {env: API_KEY}", "db.json#PASSWORD: {env: HOME, override: true}")
                .run(ReadsEnvironment.class, "map", "API_KEY", "HOME");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "kept\n", ""));
    }

    @Test
    void whatIsShownIsMasked() throws Exception {
        ChildJvm.Result result = child("API_KEY: {env: API_KEY}").run(ReadsEnvironment.class, "log", "API_KEY");
        assertThat(result.out()).isEqualTo("API_KEY=***\nAPI_KEY=*** in all\n");
        assertThat(result.err()).isEqualTo("API_KEY=***\n");
    }

    @Test
    void childrenAndProcAreClean() throws Exception {
        ChildJvm.Result result = child("API_KEY: {env: API_KEY}").run(ReadsEnvironment.class, "children", "API_KEY");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, """
                /proc/self/environ absent
                never asked for its environment absent
                asked for its environment before absent
                Runtime.exec absent
                Runtime.exec without an environment absent
                Runtime.exec with one absent
                ProcessBuilder.environment absent
                cleared its environment absent
                """, ""));
    }

    @Test
    void childrenAreGivenWhatSaysInherit() throws Exception {
        ChildJvm.Result result =
                child("API_KEY: {env: API_KEY, inherit: true}").run(ReadsEnvironment.class, "children", "API_KEY");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, """
                /proc/self/environ absent
                never asked for its environment present
                asked for its environment before present
                Runtime.exec present
                Runtime.exec without an environment present
                Runtime.exec with one absent
                ProcessBuilder.environment present
                cleared its environment absent
                """, ""));
    }

    @Test
    void whatOverridesARealVariableIsNotWhatChildrenInherit() throws Exception {
        ChildJvm.Result result = child("API_KEY: {env: API_KEY, override: true}")
                .environment("API_KEY", "real-value-1")
                .run(ReadsEnvironment.class, "show", "API_KEY", "children", "API_KEY=real-value-1");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith(shown("API_KEY", CANARY) + "/proc/self/environ present\n");
        assertThat(result.out().lines().filter(line -> line.endsWith(" present")))
                .hasSize(6);
    }

    @Test
    void aRealVariableWinsAndIsNotFetched() throws Exception {
        ChildJvm.Result result = child("NOPE: {env: API_KEY}")
                .environment("API_KEY", "real-value-1")
                .run(ReadsEnvironment.class, "show", "API_KEY");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo(shown("API_KEY", "real-value-1"));
        assertThat(result.err())
                .isEqualTo("secret-agent: env API_KEY keeps the value that the JVM was given;"
                        + " set override: true for the secret to win\n");
    }

    @Test
    void whatNoVariableCanBeIsRefusedByName() throws Exception {
        store.put("NUL", CANARY + "\0");
        store.put("LONG", CANARY + "x".repeat(131_071));
        ChildJvm.Result result = child("NUL: {env: A}", "LONG: [{env: B, inherit: true}, {env: SHOWN_HERE_ALONE}]")
                .run(ReadsEnvironment.class, "show", "A");
        assertThat(result).isEqualTo(new ChildJvm.Result(78, "", """
                secret-agent: secret NUL has a NUL character, which env A cannot have; write encoding: base64 at it
                secret-agent: secret LONG is longer than the 131071 bytes that env B can be with its name; write \
                inherit: false and hand it to children some other way
                """));
    }

    @Test
    void aStoreCannotSetWhatChangesHowProgramsRun() throws Exception {
        store.put("evil.json", "{\"LD_PRELOAD\":\"/tmp/evil-library.so\"}");
        ChildJvm.Result result = child("evil.json#*: {env: '*'}").run(ReadsEnvironment.class, "show", "LD_PRELOAD");
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err()).contains("#* would set LD_PRELOAD, which changes how programs run");
    }

    @Test
    void aJvmThatReadItsEnvironmentEarlyShowsTheOverlay() throws Exception {
        Path early = AgentJar.of(ReadsEarly.class, folder);
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-javaagent:" + early)
                .agent(store.mapping("API_KEY: {env: API_KEY}"))
                .run(ReadsEnvironment.class, "show", "API_KEY", "map", "API_KEY");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, shown("API_KEY", CANARY) + "kept\n", ""));
    }

    @Test
    void withoutVariablesTheJdksClassIsLeftAsItIs() throws Exception {
        Path log = folder.resolve("classes.log");
        ChildJvm.Result result = child("API_KEY: api.key")
                .option("-Xlog:redefine+class*=debug:file=" + log)
                .run(ShowSecrets.class, "api.key");
        assertThat(result.exit()).isZero();
        assertThat(Files.readString(log)).contains("java.io.FileOutputStream").doesNotContain("ProcessEnvironment");
    }

    private ChildJvm child(String... entries) throws Exception {
        return ChildJvm.on(jdk).agent(store.mapping(entries));
    }

    private static String shown(String name, String value) throws Exception {
        return ShowSecrets.line(name, value) + "\n" + ShowSecrets.line(name, value) + "\n";
    }

    /** An agent before ours, which has the JDK's methods compiled by the time that ours changes them. */
    public static final class ReadsEarly {
        public static void premain(String argument) {
            int found = 0;
            for (int i = 0; i < 50_000; i++) {
                found += System.getenv("API_KEY") == null && System.getenv().get("API_KEY") == null ? 0 : 1;
            }
            if (found > 0) {
                throw new IllegalStateException("the variable is there already");
            }
        }
    }
}
