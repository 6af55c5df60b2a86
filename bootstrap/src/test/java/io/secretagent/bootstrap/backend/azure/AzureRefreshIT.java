package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.LivingJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New versions in the key vault's stand-in, as an application sees them, and what is asked of it meanwhile. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AzureRefreshIT {
    private static final String CANARY = "canary-a51c77-long";
    private static final int MANY = 12;

    @TempDir
    private Path folder;

    private AppService azure;
    private int made;

    @BeforeEach
    void start() throws Exception {
        azure = new AppService(folder);
        azure.vault.allowLists();
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aNewVersionIsSeenByTheListOfVersionsWithOneLoginForAll(Jdks.Jdk jdk) throws Exception {
        put("KEY", "first", true);
        put("QUIET", "quiet", true);
        try (LivingJvm living = start(jdk, "    KEY: key\n    QUIET: quiet\n")) {
            living.await(() -> azure.vault.lists.get() >= 4);
            assertThat(azure.vault.reads).hasValue(2);
            put("KEY", "second", true);
            living.awaitProperty("key", CANARY + "-second");
            assertThat(azure.vault.reads).hasValue(3);
            put("KEY", "third", false);
            living.awaitErr("secret KEY (backend azure) can be read no more: disabled", 1);
            put("KEY", "fourth", true);
            living.awaitProperty("key", CANARY + "-fourth");
            assertThat(azure.login.tokens).as("logins").hasValue(1);
            assertThat(living.end()).isZero();
            assertThat(living.err().lines()).hasSize(2);
            assertThat(living.all()).doesNotContain("canary");
        }
    }

    @Test
    void manyAreSeenByTheListOfAll() throws Exception {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            put("KEY-" + i, i + "-first", true);
            entries.append("    KEY-").append(i).append(": p").append(i).append('\n');
        }
        try (LivingJvm living = start(Jdks.current(), entries.toString())) {
            // In pages of two.
            living.await(() -> azure.vault.lists.get() >= MANY * 2);
            int reads = azure.vault.reads.get();
            put("KEY-3", "3-second", true);
            living.awaitProperty("p3", CANARY + "-3-second");
            assertThat(azure.vault.reads.get()).isBetween(reads + 1, reads + 2);
            assertThat(living.end()).isZero();
            assertThat(living.err()).isEmpty();
        }
    }

    /** A login page and a gateway's JSON, as {@code VaultRefreshIT} has it. Nothing that they say is of the secret. */
    @Test
    void whatAnswersInTheVaultsPlaceTakesNothingAway() throws Exception {
        put("KEY", "0", true);
        Map<String, HttpHandler> answers = new LinkedHashMap<>();
        answers.put("a login page", exchange -> Answers.send(exchange, 200, "text/html", "<html>canary</html>"));
        answers.put("other JSON", exchange -> Answers.json(exchange, 200, "{\"status\":\"canary\"}"));
        answers.put("a list of nothing", exchange -> Answers.json(exchange, 200, "{\"value\":[null]}"));
        answers.put("a list of anything", exchange -> Answers.json(exchange, 200, "{\"value\":[{\"id\":\"canary\"}]}"));
        answers.put("a gateway's 403", exchange -> Answers.error(exchange, 403, "forbidden", null, "canary"));
        answers.put("a gateway's 404", exchange -> Answers.error(exchange, 404, "NotFound", null, "canary"));
        answers.put("a router's 404", exchange -> Answers.json(exchange, 404, "{\"message\":\"no Route matched\"}"));
        answers.put("another challenge", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"canary\", scope=\"api\"");
            Answers.error(exchange, 401, "Unauthorized", null, "canary");
        });
        try (LivingJvm living = start(Jdks.current(), "    KEY: {property: key, on-revoked: exit}\n")) {
            for (Map.Entry<String, HttpHandler> answer : answers.entrySet()) {
                azure.vault.answerInstead(answer.getValue());
                assertThat(refreshed(living)).as(answer.getKey()).isEqualTo(69);
            }
            put("KEY", "1", true);
            azure.vault.answerInstead(null);
            assertThat(refreshed(living)).isZero();
            living.awaitProperty("key", CANARY + "-1");
            assertThat(living.err()).contains("cannot be looked for: ").doesNotContain("can be read no more");
            assertThat(living.end()).isZero();
            assertThat(living.all()).doesNotContain("canary");
        }
    }

    /** A list says where its next page is. */
    @Test
    void theTokenGoesNowhereElse() throws Exception {
        put("KEY", "first", true);
        try (VaultStandIn elsewhere = new VaultStandIn(azure.certificate, azure.login)) {
            elsewhere.allowLists();
            azure.vault.answerInstead(exchange -> Answers.json(
                    exchange,
                    200,
                    "{\"value\":[],\"nextLink\":\"https://" + AppService.HOST + ":" + elsewhere.port()
                            + "/secrets?api-version=7.5\"}"));
            ChildJvm.Result result = azure.command(
                    "init",
                    "--backend",
                    "azure",
                    "--url",
                    azure.url(),
                    "--output",
                    folder.resolve("draft").toString());
            assertThat(result.exit()).as(result.err()).isEqualTo(69);
            assertThat(result.err()).contains("the answer does not come from a key vault");
            assertThat(elsewhere.lists).as("pages, which a token opens").hasValue(0);
        }
    }

    private int refreshed(LivingJvm living) throws Exception {
        return Launched.in(folder, Map.of(), "refresh", Long.toString(living.pid()))
                .exit();
    }

    private void put(String name, String value, boolean enabled) {
        long now = Instant.now().getEpochSecond() + made;
        azure.vault.put(
                name,
                new VaultStandIn.Version(
                        "%032x".formatted(++made),
                        CANARY + "-" + value,
                        enabled,
                        Map.of("created", now, "updated", now)));
    }

    private LivingJvm start(Jdks.Jdk jdk, String entries) throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1s\ntimeout: 3s\n" + azure.backends() + "secrets:\n  azure:\n" + entries,
                UTF_8);
        return LivingJvm.start(azure.on(jdk).agent(mapping), folder);
    }
}
