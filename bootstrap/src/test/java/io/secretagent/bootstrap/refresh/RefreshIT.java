package io.secretagent.bootstrap.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application sees of secrets that change under it, in a folder that is changed as Kubernetes does it. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RefreshIT {
    private static final String CANARY = "canary-6b1e90d4-long";
    private static final String FIRST = CANARY + "-first";
    private static final String SECOND = CANARY + "-second";
    private static final String THIRD = CANARY + "-third";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Volume store;

    RefreshIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        store = new Volume(folder.resolve("store"), "API_KEY", "OTHER", "db.json");
        store.mount(Map.of(
                "API_KEY", FIRST, "OTHER", FIRST + "-other", "db.json", document("app-one", FIRST, "\"port\":1")));
    }

    @Test
    void whatHasChangedIsMaskedAndComesTogether() throws Exception {
        Path mapping = mapping(
                "refresh: 1s",
                "API_KEY: {property: api.key, env: API_KEY}",
                "OTHER: other",
                "db.json#*: db.*",
                "db.json: {property: db.url, template: \"jdbc:x://{username}@host\"}");
        try (LivingJvm living = start(mapping)) {
            living.tell("listen");
            living.tell("set other " + CANARY + "-own");
            // The same again: no event.
            store.mount(Map.of(
                    "API_KEY", FIRST, "OTHER", FIRST + "-other", "db.json", document("app-one", FIRST, "\"port\":1")));
            assertThat(Launched.in(folder, Map.of(), "refresh", Long.toString(living.pid()))
                            .exit())
                    .isZero();
            assertThat(living.out()).doesNotContain("changed");
            store.mount(Map.of(
                    "API_KEY",
                    FIRST,
                    "OTHER",
                    SECOND + "-other",
                    "db.json",
                    document("app-two", SECOND, "\"added\":\"" + SECOND + "-added\"")));
            living.awaitProperty("db.password", SECOND + "-db");
            living.awaitProperty("db.username", "app-two");
            living.awaitProperty("db.url", "jdbc:x://app-two@host");
            living.awaitProperty("db.added", SECOND + "-added");
            living.awaitProperty("db.port", "1");
            living.awaitProperty("other", CANARY + "-own");
            living.awaitErr("secret-agent: property other was changed by the application itself", 1);
            living.awaitErr("secret db.json#port (backend store) can be read no more: the key is no more in it", 1);
            store.mount(Map.of(
                    "API_KEY",
                    THIRD,
                    "OTHER",
                    THIRD + "-other",
                    "db.json",
                    document("app-two", SECOND, "\"added\":\"" + SECOND + "-added\"")));
            living.awaitProperty("api.key", THIRD);
            living.tell("env API_KEY");
            living.tell("threads");
            for (String value : new String[] {FIRST, SECOND + "-db", SECOND + "-added", SECOND + "-other", THIRD}) {
                living.tell("print " + value);
            }
            living.tell("say api.key");
            assertThat(living.end()).isZero();
            assertThat(living.out())
                    .contains(
                            ShowSecrets.line("API_KEY", THIRD),
                            "\nthread secret-agent-channel true system null\n",
                            "\n***\n***\n***\n***\n***\nthe value is <***>\n")
                    .doesNotContain(FIRST, SECOND, THIRD);
            assertThat(living.out().lines().filter(line -> line.startsWith("changed ")))
                    .containsExactlyInAnyOrder(
                            "changed OTHER",
                            "changed db.json#username",
                            "changed db.json#password",
                            "changed db.json#added",
                            "changed db.json",
                            "changed API_KEY",
                            "changed OTHER");
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.err()).doesNotContain(CANARY);
        }
    }

    @Test
    void whatIsGoneIsKeptOrClearedAsTheMappingSaysAndToldOnce() throws Exception {
        Path mapping = mapping("refresh: 1s", "API_KEY: api.key", "OTHER: {property: other, on-revoked: clear}");
        try (LivingJvm living = start(mapping)) {
            store.mount(Map.of());
            living.awaitErr("can be read no more: it is a link to a file that is not there", 2);
            living.tell("show other");
            living.awaitProperty("api.key", FIRST);
            store.mount(Map.of("API_KEY", FIRST, "OTHER", SECOND));
            living.awaitProperty("other", SECOND);
            living.awaitErr("secret API_KEY (backend store) can be read again", 1);
            assertThat(living.out()).contains("other absent\n");
            assertThat(living.err().lines()).hasSize(4);
            assertThat(living.err())
                    .contains("keeps the value that it has (on-revoked: keep)")
                    .contains("has its value no more (on-revoked: clear)");
        }
    }

    @Test
    void theApplicationEndsWithAnOrderlyExitIfTheMappingSaysSo() throws Exception {
        try (LivingJvm living = start(mapping("refresh: 1s", "API_KEY: {property: api.key, on-revoked: exit}"))) {
            ProcessHandle helper = living.helper();
            store.mount(Map.of());
            assertThat(living.awaitEnd()).isEqualTo(66);
            assertThat(living.err()).contains("the application ends (on-revoked: exit)");
            assertThat(helper.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void aContentThatCannotBeUsedIsToldOnceAndSoIsItsEnd() throws Exception {
        try (LivingJvm living = start(mapping("refresh: 1s", "db.json#password: db.password", "API_KEY: api.key"))) {
            store.mount(Map.of("API_KEY", FIRST, "db.json", "{\"username\":\"half of it"));
            living.awaitErr("secret db.json#password (backend store) has a content that cannot be used", 1);
            // Two more rounds, as the other secret shows.
            store.mount(Map.of("API_KEY", SECOND, "db.json", "{\"username\":\"half of it"));
            living.awaitProperty("api.key", SECOND);
            store.mount(Map.of("API_KEY", THIRD, "db.json", "{\"username\":\"half of it"));
            living.awaitProperty("api.key", THIRD);
            living.awaitProperty("db.password", FIRST + "-db");
            store.mount(Map.of("API_KEY", THIRD, "db.json", document("app", SECOND, "")));
            living.awaitProperty("db.password", SECOND + "-db");
            living.awaitErr("has a content again that can be used", 1);
            assertThat(living.err().lines()).hasSize(2);
        }
    }

    @Test
    void aHelperThatIsKilledIsReplacedAndCatchesUp() throws Exception {
        try (LivingJvm living =
                start(mapping("refresh: 1h", "API_KEY: {property: api.key, env: KEY, inherit: true}"))) {
            living.tell("listen");
            ProcessHandle first = living.helper();
            first.destroyForcibly();
            living.awaitErr("the helper process was killed", 1);
            store.mount(Map.of("API_KEY", SECOND));
            living.awaitProperty("api.key", SECOND);
            living.awaitErr("the helper process runs again", 1);
            ProcessHandle second = living.helper();
            assertThat(second.pid()).isNotEqualTo(first.pid());
            assertThat(Files.readString(Path.of("/proc", Long.toString(second.pid()), "environ")))
                    .doesNotContain(CANARY);
            store.mount(Map.of("API_KEY", THIRD));
            Launched refreshed = Launched.in(folder, Map.of(), "refresh", Long.toString(living.pid()));
            assertThat(refreshed)
                    .isEqualTo(new Launched(0, "refreshed the secrets of process " + living.pid() + "\n", ""));
            living.awaitProperty("api.key", THIRD);
            assertThat(living.out().lines().filter("changed API_KEY"::equals)).hasSize(2);
            assertThat(living.out()).doesNotContain(CANARY);
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.end()).isZero();
            assertThat(second.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    /** For HotSpot's end takes longer as long as there is one. */
    @Test
    void theHelperEndsBeforeTheApplication() throws Exception {
        try (LivingJvm living = start(mapping("refresh: 1h", "API_KEY: api.key"))) {
            living.tell("linger");
            living.helper().destroyForcibly();
            living.awaitErr("the helper process was killed", 1);
            // Another one is there after a while, which is for the next as well.
            living.helper();
            assertThat(living.end()).isZero();
            assertThat(living.out()).endsWith("alone\n");
            assertThat(living.err().lines()).hasSize(1);
        }
        try (LivingJvm living = start(mapping("refresh: 1h", "API_KEY: api.key"))) {
            living.tell("linger");
            living.tell("exec kill $PPID");
            assertThat(living.awaitEnd()).isEqualTo(143);
            assertThat(living.out()).endsWith("alone\n");
            assertThat(living.err()).isEmpty();
        }
    }

    private LivingJvm start(Path mapping) throws Exception {
        return LivingJvm.start(ChildJvm.on(jdk).agent(mapping), folder);
    }

    private Path mapping(String refresh, String... entries) throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                refresh + "\nbackends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    /** With a password that is not the value of any other secret here. */
    private static String document(String user, String password, String more) {
        return "{\"username\":\"" + user + "\",\"password\":\"" + password + "-db\""
                + (more.isEmpty() ? "" : "," + more) + "}";
    }
}
