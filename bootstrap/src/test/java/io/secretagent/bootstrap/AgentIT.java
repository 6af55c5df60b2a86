package io.secretagent.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent from the outside: a child JVM, a mapping on the directory backend, what it prints and how it ends. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class AgentIT {
    private static final String CANARY = "canary-8f3c1b7e";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    AgentIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY + "\n", UTF_8);
        Files.writeString(
                store.resolve("db.json"),
                "{\"username\":\"paracle\",\"password\":\"" + CANARY + "-db\",\"host\":\"db.local\",\"port\":5432}");
    }

    @Test
    void secretsAreThereBeforeMainAndNothingIsSaid() throws Exception {
        ChildJvm.Result result = agent(
                        "API_KEY: api.key",
                        "db.json#*: db.*",
                        "db.json: {property: db.url, template: \"jdbc:x://{host}:{port}/\"}")
                .run(ShowSecrets.class, "api.key", "db.password", "db.port", "db.url");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .isEqualTo(String.join(
                        "\n",
                        ShowSecrets.line("api.key", CANARY),
                        ShowSecrets.line("db.password", CANARY + "-db"),
                        ShowSecrets.line("db.port", "5432"),
                        ShowSecrets.line("db.url", "jdbc:x://db.local:5432/"),
                        ""));
    }

    @Test
    void everyMissingSecretIsALineAndMainDoesNotRun() throws Exception {
        ChildJvm.Result result =
                agent("NOPE: a", "db.json#nope: b", "API_KEY: c").run(ShowSecrets.class, "c");
        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("secret-agent: " + folder))
                .anyMatch(line -> line.contains("secrets.yaml:5:5: secret NOPE (backend store): "))
                .anyMatch(line -> line.contains("secret db.json#nope (backend store): there is no key nope in it"));
        assertThat(result.err()).doesNotContain(CANARY);
    }

    @Test
    void everyMistakeOfAMappingIsALine() throws Exception {
        ChildJvm.Result result =
                agent("API_KEY: {proprety: a}", "db.json#password: [a, a]").run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(result.err()).contains("property");
    }

    @Test
    void aGivenPropertyWinsIsToldByNameAndMasked() throws Exception {
        ChildJvm.Result result = agent("API_KEY: api.key", "db.json#password: {property: db.password, override: true}")
                .option("-Dapi.key=given-value-77")
                .option("-Ddb.password=given")
                .run(Say.class, "api.key");
        assertThat(result.err())
                .isEqualTo("secret-agent: property api.key keeps the value that the JVM was given;"
                        + " set override: true for the secret to win\n");
        assertThat(result.out()).isEqualTo("api.key is ***\n");
        assertThat(agent("db.json#password: {property: db.password, override: true}")
                        .option("-Ddb.password=given")
                        .run(ShowSecrets.class, "db.password")
                        .out())
                .isEqualTo(ShowSecrets.line("db.password", CANARY + "-db") + "\n");
    }

    @Test
    void aRealVariableWinsAndIsMasked() throws Exception {
        ChildJvm.Result result = agent("API_KEY: {property: api.key, env: API_KEY}")
                .environment("API_KEY", "variable-value-77")
                .run(SayVariable.class, "API_KEY");
        assertThat(result.out()).isEqualTo("API_KEY is ***\n");
        assertThat(result.err())
                .contains("env API_KEY keeps the value that the JVM was given")
                .doesNotContain("value-77");
    }

    @Test
    void onlyWhatTheMappingTakesIsLoaded() throws Exception {
        Path log = folder.resolve("helper.log");
        ChildJvm.Result result = agent("API_KEY: api.key")
                .environment("SECRET_AGENT_HELPER_OPTS", "-Xlog:class+load:file=" + log)
                .run(ShowSecrets.class, "api.key");
        assertThat(result.exit()).isZero();
        assertThat(Files.readString(log))
                .contains("io.secretagent.bootstrap.backend.directory.")
                .doesNotContain("software.amazon.", "com.azure.", "com.microsoft.", "io.github.jopenlibs.", "picocli.")
                .doesNotContain("java.lang.runtime.ObjectMethods ");
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        ChildJvm.Result result =
                agent("NOPE: a").environment("SECRET_AGENT_ENABLED", "false").run(ShowSecrets.class, "a");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "a absent\n", ""));
    }

    @Test
    void theMappingCanComeFromTheEnvironment() throws Exception {
        Path mapping = mapping("API_KEY: api.key");
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-javaagent:" + ChildJvm.agentJar())
                .environment("SECRET_AGENT_MAPPING", mapping.toString())
                .run(ShowSecrets.class, "api.key");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", ""));
    }

    @Test
    void withoutAMappingItSaysHowToNameOne() throws Exception {
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-javaagent:" + ChildJvm.agentJar())
                .in(folder)
                .run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err()).startsWith("secret-agent: no mapping was named; give one as -javaagent:");
    }

    @Test
    void theEnvironmentAndTheCommandLineHoldNothing() throws Exception {
        ChildJvm.Result result = agent("API_KEY: api.key").run(OwnProc.class, "api.key");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "clean\n", ""));
    }

    private ChildJvm agent(String... entries) throws IOException {
        return ChildJvm.on(jdk).agent(mapping(entries));
    }

    private Path mapping(String... entries) throws IOException {
        Path mapping = Files.createTempDirectory(folder, "mapping").resolve("secrets.yaml");
        return Files.writeString(
                mapping,
                "backends:\n  store: {type: directory, path: " + folder.resolve("store") + "}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    /** Logs its properties, as nobody should. */
    static final class Say {
        public static void main(String[] names) {
            for (String name : names) {
                System.out.println(name + " is " + System.getProperty(name));
            }
        }
    }

    /** Logs its variables, as nobody should. */
    static final class SayVariable {
        public static void main(String[] names) {
            for (String name : names) {
                System.out.println(name + " is " + System.getenv(name));
            }
        }
    }

    /** Looks for a property's value in its own {@code /proc}. */
    static final class OwnProc {
        public static void main(String[] names) throws IOException {
            String value = System.getProperty(names[0]);
            boolean found = value == null;
            for (String file : new String[] {"environ", "cmdline"}) {
                found |= new String(Files.readAllBytes(Path.of("/proc/self", file)), UTF_8)
                        .contains(String.valueOf(value));
            }
            System.out.println(found ? "found" : "clean");
        }
    }
}
