package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.HttpGate;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.Rsyslog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the audit has of secrets that change while the application runs. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AuditRefreshIT {
    private static final String CANARY = "canary-audit-refresh-81";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    private Path log;
    private Path audit;

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @BeforeEach
    void secrets() throws Exception {
        log = Files.createDirectory(folder.resolve("log"));
        audit = log.resolve("audit.jsonl");
        for (String path : List.of("kept", "cleared")) {
            BAO.call("DELETE", "secret/metadata/" + path, null);
            put(path, "first");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aChangeTroubleAndWhatIsGoneAreOnRecordOnce(Jdks.Jdk jdk) throws Exception {
        try (HttpGate gate = new HttpGate(BAO.address());
                LivingJvm living = start(jdk, mapping(gate.address().toString(), "{to: " + audit + ", reads: true}"))) {
            living.tell("listen");
            put("kept", "second");
            // Before it is read for the first time.
            living.await(() -> living.out().contains("changed secret/kept#k\n"));
            living.awaitProperty("kept", CANARY + "-kept-second");
            gate.shut();
            living.awaitErr("new versions cannot be looked for", 1);
            gate.open();
            living.awaitErr("new versions are looked for again", 1);
            put("kept", "third");
            living.awaitProperty("kept", CANARY + "-kept-third");
            BAO.call("DELETE", "secret/data/kept", null);
            BAO.call("DELETE", "secret/data/cleared", null);
            living.awaitErr("can be read no more", 2);
            living.await(() -> Files.readString(audit).contains("\"cleared\",\"host\"")
                    || Files.readString(audit).contains("\"outcome\":\"cleared\""));
            assertThat(living.end()).isZero();
        }
        List<Recorded.Line> lines = Recorded.in(audit);
        assertThat(lines.stream().map(line -> process(line) + " " + line.brief() + version(line)))
                .containsExactlyInAnyOrder(
                        "helper fetch secret/kept#k 1",
                        "helper fetch secret/cleared#k 1",
                        "application inject secret/kept#k property kept 1",
                        "application inject secret/kept#k env KEPT 1",
                        "application inject secret/cleared#k property cleared 1",
                        "helper fetch secret/kept#k 2",
                        "application refresh secret/kept#k property kept 2",
                        "application refresh secret/kept#k env KEPT 2",
                        "application read secret/kept#k property kept 2",
                        "helper failure secret/kept#k: unreachable",
                        "helper failure secret/cleared#k: unreachable",
                        "helper fetch secret/kept#k 3",
                        "application refresh secret/kept#k property kept 3",
                        "application refresh secret/kept#k env KEPT 3",
                        "helper failure secret/kept#k: disabled",
                        "helper failure secret/cleared#k: disabled",
                        "application revoked secret/kept#k property kept: kept",
                        "application revoked secret/kept#k env KEPT: kept",
                        "application revoked secret/cleared#k property cleared: cleared",
                        "application unread");
        assertThat(lines)
                .filteredOn(line -> line.get("event").equals("fetch"))
                .allSatisfy(line -> assertThat(line.get("identity")).startsWith("accessor "));
        Launched verified = Launched.in(folder, Map.of(), "audit", "verify", audit.toString());
        assertThat(verified.out()).endsWith("in 1 file: intact\n");
        assertThat(Recorded.allIn(log)).doesNotContain("canary");
    }

    @Test
    void aHelperThatIsKilledIsReplacedAtTheSyslogServerToo() throws Exception {
        try (Rsyslog rsyslog = Rsyslog.start(folder, null);
                LivingJvm living = start(
                        Jdks.current(),
                        mapping(BAO.address().toString(), "{syslog: \"tcp://" + rsyslog.authority() + "\"}"))) {
            living.await(() -> rsyslog.messages().size() == 5);
            ProcessHandle first = living.helper();
            first.destroyForcibly();
            living.awaitErr("secret-agent: the helper process was killed", 1);
            // A leak meanwhile, which has nowhere to go.
            living.tell("say kept");
            living.awaitErr("secret-agent: audit: syslog cannot be written: ", 1);
            put("kept", "second");
            living.awaitProperty("kept", CANARY + "-kept-second");
            living.awaitErr("secret-agent: the helper process runs again", 1);
            living.awaitErr("secret-agent: audit: syslog is written again; 1 event was lost", 1);
            living.await(() -> ids(rsyslog).contains("refresh"));
            assertThat(living.end()).isZero();
            assertThat(living.err().lines()).hasSize(4);
            assertThat(ids(rsyslog)).containsSubsequence("inject", "failure", "refresh");
            assertThat(rsyslog.messages().stream()
                            .filter(message -> message.id().equals("failure"))
                            .map(Rsyslog.Message::text))
                    .singleElement()
                    .asString()
                    .contains("\"outcome\":\"not-recorded\"", "\"lost\":1");
            assertThat(rsyslog.all()).doesNotContain("canary");
            assertIntact(rsyslog);
        }
    }

    @Test
    void aHelperWithBothOutlivesSignalsAndSendsTheLastLine() throws Exception {
        try (Rsyslog rsyslog = Rsyslog.start(folder, null);
                LivingJvm living = start(
                        Jdks.current(),
                        mapping(
                                BAO.address().toString(),
                                "{syslog: \"tcp://" + rsyslog.authority() + "\", reads: true}"))) {
            living.await(() -> rsyslog.messages().size() == 5);
            ProcessHandle helper = living.helper();
            for (String signal : List.of("-INT", "-TERM", "-INT")) {
                assertThat(new ProcessBuilder("kill", signal, Long.toString(helper.pid()))
                                .inheritIO()
                                .start()
                                .waitFor())
                        .isZero();
            }
            put("kept", "second");
            living.awaitProperty("kept", CANARY + "-kept-second");
            assertThat(helper.isAlive()).isTrue();
            assertThat(living.end()).isZero();
            assertThat(living.err()).isEmpty();
            assertThat(ids(rsyslog)).contains("refresh", "read").endsWith("unread");
            assertIntact(rsyslog);
        }
    }

    private LivingJvm start(Jdks.Jdk jdk, Path mapping) throws Exception {
        return LivingJvm.start(ChildJvm.on(jdk).agent(mapping).environment("VAULT_TOKEN", BAO.token()), folder);
    }

    private Path mapping(String address, String auditing) throws IOException {
        return Files.writeString(folder.resolve("secrets.yaml"), """
                refresh: 1s
                audit: %s
                backends:
                  bao: {type: vault, address: "%s"}
                secrets:
                  bao:
                    secret/kept#k: {property: kept, env: KEPT}
                    secret/cleared#k: {property: cleared, on-revoked: clear}
                """.formatted(auditing, address));
    }

    private static void put(String path, String value) throws IOException, InterruptedException {
        BAO.call(
                "POST",
                "secret/data/" + path,
                Json.text(Map.of("data", Map.of("k", CANARY + "-" + path + "-" + value))));
    }

    private static String process(Recorded.Line line) {
        return line.get("command").equals("secret-agent fetch") ? "helper" : "application";
    }

    private static String version(Recorded.Line line) {
        return line.get("version").isEmpty() ? "" : " " + line.get("version");
    }

    private static List<String> ids(Rsyslog rsyslog) throws IOException {
        return rsyslog.messages().stream().map(Rsyslog.Message::id).toList();
    }

    /** They are the lines of an audit as they are in a file. */
    private void assertIntact(Rsyslog rsyslog) throws Exception {
        Path file = folder.resolve("from-syslog.jsonl");
        Files.writeString(
                file,
                rsyslog.messages().stream().map(Rsyslog.Message::text).collect(Collectors.joining("\n", "", "\n")));
        Launched verified = Launched.in(folder, Map.of(), "audit", "verify", file.toString());
        assertThat(verified.out()).as(verified.err()).endsWith(": intact\n");
    }
}
