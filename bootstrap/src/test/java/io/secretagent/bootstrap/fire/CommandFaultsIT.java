package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.fire.BackendFaultsIT.Backend;
import io.secretagent.bootstrap.fire.FaultyServer.Fault;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Interruption;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands at servers that fail, as {@link BackendFaultsIT} has it for the start of an application: one line, with the
 * exit code and the text of the same table. What {@code run} is to start does not start, what changes something says that
 * it has not, and no text of the server's, nor the new value, is in anything that was written, also with the stack traces
 * on.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class CommandFaultsIT {
    private static final String CANARY = "canary-84ab20e6";
    private static final Forms FORMS = new Forms(CANARY);
    private static final String STORED = "; nothing was stored";
    /** Six attempts, the JVMs, and a machine that is busy. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    /** What is called. {@code verify} and {@code run} read as the agent does, the others each in a way of its own. */
    enum Command {
        // That which waits longest is begun first.
        INIT,
        ROTATE,
        AGE,
        ROLLBACK,
        RUN,
        VERIFY
    }

    /** How each reads is met by each kind of fault; fewer of the clouds, whose SDKs take long to start. */
    @Test
    void isToldInALine() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Map<String, Callable<String>> rows = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        for (Command command : Command.values()) {
            for (Backend backend : new Backend[] {Backend.AZURE, Backend.AWS, Backend.VAULT}) {
                String name = backend + " " + command + " ";
                for (Fault fault : backend == Backend.VAULT ? ofVault(command) : ofACloud(command)) {
                    rows.put(name + fault, () -> row(backend, command, fault, certificates));
                }
                for (String named : new String[] {backend.name(), backend + "-" + command}) {
                    FaultTable.of(named).forEach(row -> table.add(name + row));
                }
            }
        }
        FaultTable.assertRows(table, rows);
    }

    private static Set<Fault> ofVault(Command command) {
        return switch (command) {
            case AGE, ROTATE ->
                EnumSet.of(
                        Fault.REFUSES,
                        Fault.RESETS_MID_BODY,
                        Fault.SAYS_NOTHING,
                        Fault.TRUNCATES_JSON,
                        Fault.HAS_OTHER_JSON,
                        Fault.HAS_A_LOGIN_PAGE,
                        Fault.REDIRECTS,
                        Fault.HAS_A_HUGE_BODY,
                        Fault.STATUS_403,
                        Fault.STATUS_503);
            case VERIFY, RUN, ROLLBACK ->
                EnumSet.of(
                        Fault.REFUSES,
                        Fault.SAYS_NOTHING,
                        Fault.HAS_A_LOGIN_PAGE,
                        Fault.HAS_A_HUGE_BODY,
                        Fault.STATUS_403);
            case INIT ->
                EnumSet.of(
                        Fault.SAYS_NOTHING,
                        Fault.RESETS_MID_BODY,
                        Fault.HAS_OTHER_JSON,
                        Fault.HAS_A_LOGIN_PAGE,
                        Fault.REDIRECTS,
                        Fault.STATUS_403);
        };
    }

    private static Set<Fault> ofACloud(Command command) {
        return switch (command) {
            case AGE -> EnumSet.of(Fault.HAS_OTHER_JSON);
            case INIT, ROTATE -> EnumSet.of(Fault.HAS_A_LOGIN_PAGE);
            case VERIFY, RUN, ROLLBACK -> EnumSet.noneOf(Fault.class);
        };
    }

    private String row(Backend backend, Command command, Fault fault, TestCertificates certificates) throws Exception {
        Path own = Files.createDirectory(folder.resolve(backend + "-" + command + "-" + fault));
        SSLContext tls = backend == Backend.AZURE ? certificates.serverContext("server") : null;
        try (FaultyServer server = FaultyServer.start(fault, CANARY, tls)) {
            Path mapping = mapping(own, backend, server.port());
            long start = System.nanoTime();
            Launched launched = launch(own, backend, arguments(backend, command, server.port()), certificates);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            assertThat(FORMS.areIn(launched.all().getBytes(UTF_8)))
                    .as(launched.all())
                    .isFalse();
            try (var files = Files.list(own)) {
                assertThat(files).as("it started, or a draft was written").containsExactly(mapping);
            }
            assertOutput(command, backend.secret, launched.out());
            List<String> lines = FaultTable.told(launched.err());
            if (command == Command.ROTATE || command == Command.ROLLBACK) {
                assertThat(lines).allMatch(line -> line.contains(STORED));
            }
            return launched.exit() + " "
                    + String.join(" | ", lines)
                            .replace("secret-agent: ", "")
                            .replace("secrets.yaml:7:5: secret " + backend.secret + " (backend store): ", "")
                            .replace(STORED, "")
                            .replace(Integer.toString(server.port()), "PORT");
        }
    }

    /** A head and the row of the one secret, or nothing. */
    private static void assertOutput(Command command, String secret, String out) {
        if (command == Command.VERIFY || command == Command.AGE) {
            assertThat(out.lines()).hasSize(2);
            assertThat(out.lines().skip(1)).allMatch(row -> row.startsWith("FAILED ") && row.contains(secret));
        } else {
            assertThat(out).isEmpty();
        }
    }

    private static Launched launch(Path own, Backend backend, List<String> arguments, TestCertificates certificates)
            throws Exception {
        Map<String, String> environment = new HashMap<>(BackendFaultsIT.environment(backend));
        environment.put("SECRET_AGENT_DEBUG", "1");
        if (backend == Backend.AZURE) {
            environment.put("SECRET_AGENT_HELPER_OPTS", String.join(" ", certificates.trustOptions()));
        }
        return Launched.fed(CANARY + "-new", own, environment, arguments.toArray(String[]::new));
    }

    private static List<String> arguments(Backend backend, Command command, int port) {
        return switch (command) {
            case VERIFY -> List.of("verify");
            case RUN -> List.of("run", "--mapping", "secrets.yaml", "--", "sh", "-c", "touch started");
            case AGE -> List.of("age");
            case ROTATE, ROLLBACK -> change(command, backend.secret);
            case INIT -> {
                List<String> arguments = new ArrayList<>(
                        List.of("init", "--timeout", backend == Backend.VAULT ? "4" : "20", "--output", "draft.yaml"));
                arguments.addAll(
                        switch (backend) {
                            case VAULT ->
                                List.of(
                                        "--backend",
                                        "vault",
                                        "--prefix",
                                        "secret/",
                                        "--address",
                                        "http://127.0.0.1:" + port);
                            case AWS ->
                                List.of(
                                        "--backend",
                                        "aws",
                                        "--region",
                                        "eu-west-1",
                                        "--endpoint",
                                        "http://127.0.0.1:" + port);
                            case AZURE -> List.of("--backend", "azure", "--url", "https://127.0.0.1:" + port);
                        });
                yield arguments;
            }
        };
    }

    private static List<String> change(Command command, String secret) {
        return command == Command.ROTATE ? List.of("rotate", "--stdin", secret) : List.of("rollback", secret);
    }

    private static Path mapping(Path own, Backend backend, int port) throws IOException {
        return Files.writeString(
                own.resolve("secrets.yaml"),
                "timeout: " + (backend == Backend.VAULT ? 4 : 20) + "s\nguards: {all: off}\nbackends:\n  store: "
                        + backend.settings.formatted(port) + "\nsecrets:\n  store:\n    \"" + backend.secret
                        + "\": {env: THE_VARIABLE}\n");
    }

    /** The server is gone from the write on, before or after it has done it. */
    @Test
    void aChangeWhoseAnswerIsLostSaysThatItIsNotKnown() throws Exception {
        Map<String, Callable<String>> rows = new LinkedHashMap<>();
        for (Command command : new Command[] {Command.ROTATE, Command.ROLLBACK}) {
            rows.put(command + " BEFORE", () -> unanswered(command, "before", false));
            rows.put(command + " AFTER", () -> unanswered(command, "after", true));
        }
        FaultTable.assertRows(
                List.of("ROTATE BEFORE second", "ROTATE AFTER third", "ROLLBACK BEFORE second", "ROLLBACK AFTER first"),
                rows);
    }

    /** The value that is in place then. */
    private String unanswered(Command command, String when, boolean done) throws Exception {
        String path = command + "-" + when;
        for (String value : new String[] {"first", "second"}) {
            BAO.call("POST", "secret/data/" + path, "{\"data\": {\"KEY\": \"" + CANARY + value + "\"}}");
        }
        Path own = Files.createDirectory(folder.resolve(path));
        String name = "secret/" + path + "#KEY";
        try (Interruption between = new Interruption(BAO.address());
                HttpGate gate = new HttpGate(between.address())) {
            Files.writeString(
                    own.resolve("secrets.yaml"),
                    "timeout: 2s\nguards: {all: off}\nbackends:\n  store: {type: vault, address: \"" + gate.address()
                            + "\"}\nsecrets:\n  store:\n    \"" + name + "\": the.property\n");
            List<String> arguments = change(command, name);
            Map<String, String> environment = Map.of("VAULT_TOKEN", BAO.token(), "SECRET_AGENT_DEBUG", "1");
            List<String> dry = new ArrayList<>(arguments);
            dry.add("--dry-run");
            assertThat(Launched.fed(CANARY + "third", own, environment, dry.toArray(String[]::new))
                            .exit())
                    .isZero();
            int reads = between.requests();
            between.at(new Interruption.Step(reads + 1, done, exchange -> {
                gate.shut();
                return true;
            }));
            Launched launched = Launched.fed(CANARY + "third", own, environment, arguments.toArray(String[]::new));
            assertThat(gate.requests().get(2 * reads)).isEqualTo("POST /v1/secret/data/" + path);
            assertThat(launched.exit()).as(launched.err()).isEqualTo(69);
            assertThat(launched.out()).isEmpty();
            assertThat(FaultTable.told(launched.err()))
                    .singleElement()
                    .asString()
                    .contains("; whether it was stored is not known, either the old value or the new one is in place; ")
                    .doesNotContain(STORED);
            assertThat(FORMS.areIn(launched.err().getBytes(UTF_8))).isFalse();
        }
        Object answer = BAO.call("GET", "secret/data/" + path, null).get("data");
        return Json.text(Objects.requireNonNull(answer)).replaceAll(".*\"KEY\":\"" + CANARY + "(\\w+)\".*", "$1");
    }
}
