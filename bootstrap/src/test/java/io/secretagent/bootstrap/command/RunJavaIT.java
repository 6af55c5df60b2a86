package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code secret-agent run -- java ...}: the launcher is replaced by the application's JVM. */
@Timeout(120)
class RunJavaIT {
    private static final String CANARY = "canary-91f3c7d2";

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("store")).resolve("API_KEY"), CANARY);
        mapping("secrets.yaml", "API_KEY: api.key");
    }

    static List<List<String>> shells() {
        return Wrapped.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theApplicationHasThePidTheSecretAndEveryArgumentAsItWas(List<String> shell) throws Exception {
        List<String> arguments =
                List.of("", " ", "two words", "*", "$HOME", "a\nb\n", "'\"\\", "-n", "--", "größe", "end\n\n");
        Wrapped.Result result = wrapped()
                .shell(shell)
                .showingPid()
                .run(java("--mapping", "secrets.yaml", "--", jdk().java().toString(), Shows.class, arguments));
        List<String> lines = new ArrayList<>(List.of("true", ShowSecrets.line("api.key", CANARY)));
        for (String argument : arguments) {
            lines.add(Shows.quoted(argument));
        }
        assertThat(result).isEqualTo(new Wrapped.Result(0, String.join("\n", lines) + "\n", ""));
    }

    @Test
    void javaOnThePathIsFoundAndTheMappingInTheVariable() throws Exception {
        mapping("with space=2.yaml", "API_KEY: api.key");
        Wrapped.Result result = wrapped()
                .environment("PATH", jdk().home().resolve("bin") + ":" + System.getenv("PATH"))
                .environment("SECRET_AGENT_MAPPING", "with space=2.yaml")
                .run(java("java", Shows.class, List.of()));
        assertThat(result.out()).contains(ShowSecrets.line("api.key", CANARY));
    }

    @Test
    void itsOptionsAreExplained() throws Exception {
        assertThat(wrapped().run("run", "--help").out()).contains("--mapping", "--no-mask", "Example:");
        assertThat(wrapped().run("run", "-V").out()).startsWith("secret-agent ");
    }

    @Test
    void theExitCodeIsTheApplications() throws Exception {
        assertThat(wrapped()
                        .run(java("--mapping=secrets.yaml", "--", jdk().java().toString(), Exits.class, List.of("42"))))
                .isEqualTo(new Wrapped.Result(42, "", ""));
    }

    @Test
    void signalsReachTheApplication() throws Exception {
        for (String signal : List.of("TERM", "INT", "HUP")) {
            Wrapped.Running running = wrapped()
                    .start(java("--mapping", "secrets.yaml", jdk().java().toString(), Hooked.class, List.of()));
            running.awaitOutput("ready\n");
            running.signal(signal);
            Wrapped.Result result = running.end();
            assertThat(result.exit()).isEqualTo(128 + Wrapped.number(signal));
            assertThat(result.out()).isEqualTo("ready\nhook\n");
        }
    }

    @Test
    void whenASecretCannotBeHadTheApplicationDoesNotRun() throws Exception {
        mapping("absent.yaml", "NOPE: nope");
        Wrapped.Result result = wrapped()
                .run(java("--mapping", "absent.yaml", "--", jdk().java().toString(), Shows.class, List.of()));
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("secret-agent: absent.yaml:").hasLineCount(1);
        assertThat(wrapped()
                        .run(java("--mapping", "no.yaml", "--", jdk().java().toString(), Shows.class, List.of()))
                        .exit())
                .isEqualTo(78);
    }

    @Test
    void whatCannotBeRunIsToldAsAShellDoes() throws Exception {
        Path plain = Files.createFile(folder.resolve("java"));
        String mapping = "--mapping=secrets.yaml";
        assertThat(wrapped().run("run", mapping, "--", "no-such-command"))
                .isEqualTo(new Wrapped.Result(127, "", "secret-agent: no-such-command: not found on the PATH\n"));
        assertThat(wrapped().run("run", mapping, "--", "./no/java"))
                .isEqualTo(new Wrapped.Result(127, "", "secret-agent: ./no/java: not found\n"));
        assertThat(wrapped().run("run", mapping, "--", plain.toString()))
                .isEqualTo(new Wrapped.Result(126, "", "secret-agent: " + plain + ": cannot be executed\n"));
        assertThat(wrapped().run("run", mapping, "--", folder.toString()).exit())
                .isEqualTo(126);
        assertThat(wrapped().run("run", mapping)).isEqualTo(usage("run needs a command"));
        assertThat(wrapped().run("run", mapping, "--")).isEqualTo(usage("run needs a command"));
        assertThat(wrapped().run("run", "--maping", "x", "--", "true")).isEqualTo(usage("run has no option --maping"));
        assertThat(wrapped().run("run", "--mapping")).isEqualTo(usage("--mapping needs a file"));
        assertThat(wrapped().run("run", "--", "java"))
                .isEqualTo(new Wrapped.Result(
                        78,
                        "",
                        "secret-agent: no mapping was named; give one with --mapping or in SECRET_AGENT_MAPPING\n"));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aScriptHandsTheAgentToItsJvmAndThatToNoChild(Jdks.Jdk jdk) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Path script = Files.writeString(folder.resolve("start.sh"), "cd '" + elsewhere + "' && exec \"$@\"\n");
        mapping("it's \"x\" y.yaml", "API_KEY: api.key");
        for (String option : List.of("--jvm", "--inherit")) {
            String variable = option.equals("--jvm") ? "JDK_JAVA_OPTIONS" : "JAVA_TOOL_OPTIONS";
            Wrapped.Result result = wrapped()
                    .environment(variable, "-Dkept='1 2'")
                    .run(java(
                            "--mapping",
                            "it's \"x\" y.yaml",
                            option,
                            "--",
                            "sh",
                            script.toString(),
                            jdk.java().toString(),
                            Starts.class,
                            List.of(jdk.java().toString(), variable)));
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out())
                    .isEqualTo(ShowSecrets.line("api.key", CANARY) + "\nkept 1 2\napi.key absent\nkept 1 2\n"
                            + "-Dkept='1 2'\n");
        }
    }

    /** However the parent read what was meant for it. */
    @ParameterizedTest
    @ValueSource(strings = {"getProperty", "get", "getOrDefault"})
    void withoutOtherOptionsAChildDoesNotHaveTheVariable(String way) throws Exception {
        Wrapped.Result result = wrapped()
                .run(java(
                        "--mapping",
                        "secrets.yaml",
                        "--inherit",
                        "--jvm",
                        "--",
                        jdk().java().toString(),
                        Starts.class,
                        List.of(jdk().java().toString(), "JAVA_TOOL_OPTIONS", way)));
        assertThat(result.out())
                .isEqualTo(ShowSecrets.line("api.key", CANARY) + "\nkept null\napi.key absent\nkept null\n\n");
        assertThat(result.err().lines().filter(line -> line.contains("Picked up")))
                .hasSize(2);
    }

    private static Wrapped.Result usage(String what) {
        return new Wrapped.Result(64, "", "secret-agent: " + what + "; see secret-agent run --help\n");
    }

    /** {@code run} with the words, a {@code Class} among them standing for the class path and itself. */
    private static String[] java(Object... words) {
        List<String> line = new ArrayList<>(List.of("run"));
        for (Object word : words) {
            if (word instanceof Class<?> main) {
                line.addAll(List.of("-cp", ChildJvm.testClasses().toString(), main.getName()));
            } else if (word instanceof List<?> list) {
                list.forEach(each -> line.add((String) each));
            } else {
                line.add((String) word);
            }
        }
        return line.toArray(String[]::new);
    }

    private static Jdks.Jdk jdk() {
        return Jdks.current();
    }

    private Wrapped wrapped() {
        return new Wrapped(folder);
    }

    private void mapping(String file, String... entries) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    /** Prints whether it has the pid that its first argument names, the secret, and its other arguments. */
    static final class Shows {
        public static void main(String[] arguments) throws GeneralSecurityException {
            String expected = System.getenv("EXPECTED_PID");
            System.out.println(
                    expected == null
                            ? "no pid"
                            : expected.equals(
                                    String.valueOf(ProcessHandle.current().pid())));
            System.out.println(ShowSecrets.line("api.key", System.getProperty("api.key")));
            for (String argument : arguments) {
                System.out.println(quoted(argument));
            }
        }

        static String quoted(String argument) {
            StringBuilder quoted = new StringBuilder("[");
            argument.chars().forEach(c -> quoted.append(c).append(' '));
            return quoted.append(']').toString();
        }
    }

    /** Ends with the code that it is given. */
    static final class Exits {
        public static void main(String[] arguments) {
            System.exit(Integer.parseInt(arguments[0]));
        }
    }

    /** Waits for a signal. */
    static final class Hooked {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    /** Prints what it has, has a child of the same java print what that has, and then the variable as children see it. */
    static final class Starts {
        public static void main(String[] arguments) throws Exception {
            show(arguments.length > 2 ? arguments[2] : "getProperty");
            System.out.flush();
            new ProcessBuilder(arguments[0], "-cp", System.getProperty("java.class.path"), Child.class.getName())
                    .inheritIO()
                    .start()
                    .waitFor();
            new ProcessBuilder("sh", "-c", "printf '%s\\n' \"$" + arguments[1] + "\"")
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        static void show(String way) throws GeneralSecurityException {
            Object value = switch (way) {
                case "get" -> System.getProperties().get("api.key");
                case "getOrDefault" -> System.getProperties().getOrDefault("api.key", "");
                default -> System.getProperty("api.key");
            };
            System.out.println(ShowSecrets.line("api.key", (String) value));
            System.out.println("kept " + System.getProperty("kept"));
        }
    }

    /** Prints what it has. */
    static final class Child {
        public static void main(String[] arguments) throws GeneralSecurityException {
            Starts.show("getProperty");
        }
    }
}
