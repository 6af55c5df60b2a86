package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application leaves in its audit, from the fetch to its end. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(180)
class AuditIT {
    private static final String CANARY = "canary-audit-5c1e";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;
    private Path audit = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    AuditIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        store = new Store(folder);
        store.put("API_KEY", CANARY + "-key");
        store.put("db.json", "{\"username\":\"shop\",\"password\":\"" + CANARY + "-db\",\"host\":\"db.local\"}");
        audit = Files.createDirectory(folder.resolve("log")).resolve("audit.jsonl");
    }

    @Test
    void tellsWhoFetchedInjectedAndReadWhatAndWhatNobodyRead() throws Exception {
        Path mapping = store.mappingWith(
                "audit: {to: " + audit + ", reads: true}\n",
                "API_KEY: {property: api.key, env: API_KEY}",
                "db.json#*: db.*",
                "NOPE: {property: nope, required: false}");
        ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).run(Shop.class);
        assertThat(result.out()).isEqualTo("done\n");
        assertThat(result.exit()).isZero();
        List<Recorded.Line> lines = Recorded.in(audit);
        assertThat(lines.stream().map(Recorded.Line::brief))
                .containsExactlyInAnyOrder(
                        "fetch API_KEY",
                        "fetch db.json#username",
                        "fetch db.json#password",
                        "fetch db.json#host",
                        "failure NOPE: not-found",
                        "inject API_KEY property api.key",
                        "inject API_KEY env API_KEY",
                        "inject db.json#username property db.username",
                        "inject db.json#password property db.password",
                        "inject db.json#host property db.host",
                        // Once by each class, whatever the way.
                        "read API_KEY property api.key",
                        "read API_KEY env API_KEY",
                        "read db.json#password property db.password",
                        "read db.json#password property db.password",
                        "unread");
        assertThat(lines.stream()
                        .filter(line -> line.get("event").equals("read"))
                        .map(Recorded.Line::who))
                .containsExactlyInAnyOrder(
                        name(Shop.class) + ".main",
                        name(Shop.class) + ".main",
                        name(Pool.class) + ".connect",
                        name(Shop.class) + ".main");
        // Not the last line if the helper, which writes to the file as well, ends after the application.
        Recorded.Line unread = lines.stream()
                .filter(line -> line.get("event").equals("unread"))
                .findFirst()
                .orElseThrow();
        assertThat(unread.text()).contains("\"secrets\":[\"db.json#host\",\"db.json#username\"]");
        assertThat(unread.get("command")).isEqualTo(Shop.class.getName());
        assertThat(lines).filteredOn(line -> line.get("event").equals("fetch")).allSatisfy(line -> {
            assertThat(line.get("command")).isEqualTo("secret-agent fetch");
            assertThat(line.get("backend")).isEqualTo("store");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(audit)))
                .isEqualTo("rw-------");
        assertIntact();
    }

    @Test
    void aValueThatIsLoggedIsToldOnceForEachPlace() throws Exception {
        Path mapping = store.mappingWith("audit: {to: " + audit + "}\n", "API_KEY: api.key", "db.json#password: db.pw");
        ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).run(Prints.class);
        assertThat(result.out()).doesNotContain(CANARY).contains("key ***", "db ***");
        Map<String, String> places = new HashMap<>();
        for (Recorded.Line line : Recorded.in(audit)) {
            if (line.get("event").equals("leak")) {
                assertThat(places.put(line.brief() + " by " + line.who(), line.text()))
                        .isNull();
            }
        }
        String prints = name(Prints.class);
        assertThat(places.keySet())
                .containsExactlyInAnyOrder(
                        "leak API_KEY stdout: masked by " + prints + ".print",
                        "leak db.json#password stdout: masked by " + prints + ".print",
                        "leak API_KEY stderr: masked by " + prints + ".complain",
                        "leak API_KEY java.util.logging.Formatter: masked by " + prints + ".log",
                        "leak API_KEY stdout: masked by " + prints + ".lambda$main$0");
        assertThat(places.get("leak API_KEY stderr: masked by " + prints + ".complain"))
                .contains("\"backend\":\"store\"");
        assertIntact();
    }

    /** The audit is itself written through a masked stream, which must not make it go round in circles. */
    @Test
    void toStandardErrorItIsALineAmongOthers() throws Exception {
        Path mapping = store.mappingWith("audit: stderr\n", "API_KEY: api.key");
        ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).run(Prints.class);
        assertThat(result.err()).doesNotContain(CANARY).contains("complains ***");
        assertThat(Recorded.among(result.err()).stream().map(Recorded.Line::brief))
                .contains("inject API_KEY property api.key", "leak API_KEY stderr: masked");
    }

    @Test
    void withoutReadsAndLeaksNeitherIsRecorded() throws Exception {
        Path mapping = store.mappingWith("audit: {to: " + audit + ", leaks: false}\n", "API_KEY: api.key");
        ChildJvm.on(jdk).agent(mapping).run(Prints.class);
        assertThat(Recorded.in(audit).stream().map(Recorded.Line::brief))
                .containsExactlyInAnyOrder("fetch API_KEY", "inject API_KEY property api.key");
    }

    @Test
    void withoutAnAuditThereIsNeitherThreadNorFile() throws Exception {
        ChildJvm.Result result =
                ChildJvm.on(jdk).agent(store.mapping("API_KEY: api.key")).run(Threads.class);
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "java.util.Properties\n", ""));
        assertThat(audit).doesNotExist();
    }

    @Test
    void aStartThatFailsIsOnRecord() throws Exception {
        Path mapping = store.mappingWith("audit: " + audit + "\n", "NOPE: nope");
        assertThat(ChildJvm.on(jdk).agent(mapping).run(Shop.class).exit()).isEqualTo(66);
        assertThat(Recorded.in(audit).stream().map(Recorded.Line::brief)).containsExactly("failure NOPE: not-found");
    }

    @Test
    void readsAreRecordedWhileMainOverlapsTheFetch() throws Exception {
        Path mapping = store.mappingWith(
                "audit: {to: " + audit + ", reads: true}\nstartup: overlap\n",
                "API_KEY: {property: api.key, env: API_KEY}",
                "db.json#*: db.*");
        assertThat(ChildJvm.on(jdk).agent(mapping).run(Shop.class).out()).isEqualTo("done\n");
        assertThat(Recorded.in(audit).stream().map(Recorded.Line::brief))
                .contains("inject API_KEY property api.key", "unread");
        assertIntact();
    }

    private void assertIntact() throws IOException, InterruptedException {
        Launched verified = Launched.in(folder, Map.of(), "audit", "verify", audit.toString());
        assertThat(verified.out()).endsWith("in 1 file: intact\n");
        assertThat(verified.exit()).isZero();
        assertThat(Recorded.allIn(folder.resolve("log"))).doesNotContain(CANARY);
    }

    private static String name(Class<?> type) {
        return type.getName();
    }

    /** Reads its secrets in several ways. */
    static final class Shop {
        public static void main(String[] arguments) {
            for (int i = 0; i < 3; i++) {
                System.getProperty("api.key");
            }
            System.getProperties().get("api.key");
            System.getenv("API_KEY");
            System.getenv().get("API_KEY");
            System.getProperties().stringPropertyNames();
            Set<Object> names = System.getProperties().keySet();
            Pool.connect();
            Integer number = Integer.getInteger("db.password");
            System.out.println(number == null && !names.isEmpty() ? "done" : "a password that is a number");
        }
    }

    static final class Pool {
        static void connect() {
            System.getProperty("db.password", "none");
        }
    }

    /** Logs its secrets, as nobody should. */
    static final class Prints {
        private static final String KEY = System.getProperty("api.key", "");

        public static void main(String[] arguments) {
            for (int i = 0; i < 3; i++) {
                print();
                complain();
            }
            log();
            Runnable lambda = () -> System.out.print(KEY + "\n");
            lambda.run();
        }

        private static void print() {
            System.out.println("key " + KEY + ", db " + System.getProperty("db.pw"));
        }

        private static void complain() {
            System.err.println("complains " + KEY);
        }

        private static void log() {
            java.util.logging.Logger.getLogger("shop").warning("logs " + KEY);
        }
    }

    static final class Threads {
        public static void main(String[] arguments) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("secret-agent-audit")) {
                    System.out.println(thread);
                }
            }
            System.out.println(System.getProperties().getClass().getName());
        }
    }
}
