package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.Rsyslog;
import io.secretagent.bootstrap.testing.ServerProcess;
import io.secretagent.bootstrap.testing.Store;
import io.secretagent.bootstrap.testing.TestCertificates;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit at a real syslog server. */
@Timeout(180)
class SyslogIT {
    private static final String CANARY = "canary-syslog-6e90";
    /** authpriv, and info or warning. */
    private static final int INFORMATIONAL = 10 * 8 + 6;

    private static final int WARNING = 10 * 8 + 4;

    @TempDir
    private Path folder;

    private Store store;

    @SuppressWarnings("NullAway.Init") // set before each test
    SyslogIT() {}

    @BeforeEach
    void store() throws IOException {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
        store.put("OTHER", CANARY + "-other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void whatTheApplicationAndItsHelperRecordArrives(String transport) throws Exception {
        try (Rsyslog rsyslog = Rsyslog.start(folder, null)) {
            Path log = folder.resolve("classes.log");
            Path mapping = mapping(transport + "://" + rsyslog.authority());
            ChildJvm.Result result = ChildJvm.on(Jdks.current())
                    .agent(mapping)
                    .option("-Xlog:class+load:file=" + log)
                    .run(Shop.class);
            assertThat(result).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
            List<Rsyslog.Message> messages = await(rsyslog, 7);
            assertThat(messages).hasSize(7).allSatisfy(message -> {
                assertThat(message.host()).isNotEmpty().isNotEqualTo("127.0.0.1");
                assertThat(message.application()).isEqualTo("secret-agent");
            });
            assertThat(messages.stream().map(message -> message.id() + " " + message.priority()))
                    .containsExactlyInAnyOrder(
                            "fetch " + INFORMATIONAL,
                            "fetch " + INFORMATIONAL,
                            "inject " + INFORMATIONAL,
                            "inject " + INFORMATIONAL,
                            "read " + INFORMATIONAL,
                            "leak " + WARNING,
                            "unread " + INFORMATIONAL);
            assertIntact(messages);
            assertThat(rsyslog.all()).doesNotContain(CANARY);
            // The application's JVM itself has no connection.
            assertThat(Files.readString(log)).doesNotContain("java.net.Socket ", "java.net.InetAddress ");
        }
    }

    @Test
    void overTlsTheServersNameIsChecked() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        try (Rsyslog rsyslog = Rsyslog.start(folder, certificates)) {
            String port = rsyslog.authority().substring("127.0.0.1:".length());
            ChildJvm.Result right =
                    overTls("tls://127.0.0.1:" + port, certificates).run(Shop.class);
            assertThat(right).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
            List<Rsyslog.Message> messages = await(rsyslog, 7);
            assertThat(messages).hasSize(7);
            assertIntact(messages);
            Path err = folder.resolve("err");
            Process wrong = overTls("tls://localhost:" + port, certificates)
                    .start(
                            folder.resolve("out"),
                            err,
                            "-cp",
                            ChildJvm.testClasses().toString(),
                            Shop.class.getName());
            assertThat(wrong.waitFor()).isZero();
            // By the helper, which may take a moment longer.
            awaitText(err, "matching localhost found");
            assertThat(Files.readString(err))
                    .contains("secret-agent: audit: tls://localhost:" + port + " cannot be written: ");
            assertThat(rsyslog.messages()).hasSize(7);
        }
    }

    /** The helper has the application's trust store. */
    private ChildJvm overTls(String server, TestCertificates certificates) throws Exception {
        return ChildJvm.on(Jdks.current())
                .agent(mapping(server))
                .option("-Djavax.net.ssl.trustStore=" + certificates.store())
                .option("-Djavax.net.ssl.trustStorePassword=" + certificates.password());
    }

    @Test
    @SuppressWarnings("try") // it is stopped to be started again
    void aServerThatComesBackIsFoundAgainAndTheChainTellsWhatItMissed() throws Exception {
        try (Rsyslog rsyslog = Rsyslog.start(folder, null)) {
            Path err = folder.resolve("err");
            Path out = folder.resolve("out");
            Process application = ChildJvm.on(Jdks.current())
                    .agent(mapping("tcp://" + rsyslog.authority()))
                    .start(out, err, "-cp", ChildJvm.testClasses().toString(), LeaksByLine.class.getName());
            var in = application.outputWriter();
            await(rsyslog, 4);
            rsyslog.close();
            in.write("a\n");
            in.flush();
            awaitText(err, "cannot be written");
            rsyslog.start();
            while (!Files.readString(err).contains("is written again")) {
                assertThat(application.isAlive()).isTrue();
                in.write("a\n");
                in.flush();
                Thread.sleep(200);
            }
            in.close();
            assertThat(application.waitFor()).isZero();
            List<String> told = Files.readAllLines(err);
            assertThat(told).hasSize(2);
            assertThat(told.get(1))
                    .matches("secret-agent: audit: tcp://.* is written again; \\d+ events? (was|were) lost");
            List<Rsyslog.Message> messages = rsyslog.messages();
            assertThat(messages.stream().map(Rsyslog.Message::id)).contains("read", "unread");
        }
    }

    @Test
    void aServerThatIsNotThereStopsNobody() throws Exception {
        int port = ServerProcess.freePort();
        ChildJvm.Result result = ChildJvm.on(Jdks.current())
                .agent(mapping("tcp://127.0.0.1:" + port))
                .run(Shop.class);
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("***\n");
        assertThat(result.err())
                .startsWith("secret-agent: audit: tcp://127.0.0.1:" + port + " cannot be written: Connection refused;"
                        + " check that the server can be reached; until then events are lost\n");
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    /** With refresh there would be another one soon. */
    @Test
    void aHelperThatIsKilledStopsNobodyAndIsTold() throws Exception {
        try (Rsyslog rsyslog = Rsyslog.start(folder, null);
                LivingJvm living = LivingJvm.start(
                        ChildJvm.on(Jdks.current()).agent(mapping("tcp://" + rsyslog.authority())), folder)) {
            await(rsyslog, 4);
            ProcessHandle helper = living.helper();
            helper.destroyForcibly();
            helper.onExit().get(30, TimeUnit.SECONDS);
            living.tell("say api.key");
            living.awaitErr("secret-agent: audit: syslog cannot be written: ", 1);
            assertThat(living.end()).isZero();
            assertThat(living.out()).contains("the value is <***>\n");
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.err()).contains("secret-agent: audit: syslog lacks the last events: ");
        }
    }

    private Path mapping(String server) throws IOException {
        return store.mappingWith(
                "audit: {syslog: \"" + server + "\", reads: true}\n", "API_KEY: api.key", "OTHER: other.key");
    }

    /** They are the lines of an audit as they are in a file. */
    private void assertIntact(List<Rsyslog.Message> messages) throws Exception {
        Path file = folder.resolve("from-syslog.jsonl");
        Files.writeString(
                file, messages.stream().map(Rsyslog.Message::text).collect(Collectors.joining("\n", "", "\n")));
        Recorded.in(file);
        Launched verified = Launched.in(folder, Map.of(), "audit", "verify", file.toString());
        assertThat(verified.out()).endsWith(": intact\n");
    }

    private static List<Rsyslog.Message> await(Rsyslog rsyslog, int count) throws IOException, InterruptedException {
        for (int i = 0; i < 1000 && rsyslog.messages().size() < count; i++) {
            Thread.sleep(20);
        }
        return rsyslog.messages();
    }

    private static void awaitText(Path file, String text) throws IOException, InterruptedException {
        for (int i = 0; i < 1000 && !Files.readString(file).contains(text); i++) {
            Thread.sleep(20);
        }
        assertThat(Files.readString(file)).contains(text);
    }

    static final class Shop {
        public static void main(String[] arguments) {
            System.out.println(System.getProperty("api.key"));
        }
    }

    /** Another class reads the secret for each line of input. */
    static final class LeaksByLine {
        public static void main(String[] arguments) throws Exception {
            int read = System.in.read();
            while (read >= 0) {
                if (read == '\n') {
                    Copies.another();
                }
                read = System.in.read();
            }
        }
    }
}
