package io.secretagent.bootstrap.backend.vault;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth.SecretId;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that no real server shows on demand: a stand-in answers. */
class VaultFaultsIT {
    private static final String PATH = "secret/app";
    private static final String BODY = "{\"lease_id\": \"\", \"data\": {\"k\": \"canary\", \"n\": 1.10}}";

    private final WireMockServer standIn =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        standIn.start();
    }

    @AfterEach
    void stop() {
        standIn.stop();
    }

    @Test
    void keepsDigitsAndCharactersAsTheyWereSent() {
        standIn.stubFor(get("/v1/" + PATH)
                .willReturn(okJson("{\"data\": {\"n\": 1.10, \"e\": 1E5, \"big\": 12345678901234567890,"
                        + " \"text\": \"ü☂\"}}")));
        Map<String, Object> fields = fetch(Duration.ofSeconds(5)).fields(PATH);
        assertThat(fields)
                .containsEntry("n", new Json.Numeral("1.10"))
                .containsEntry("e", new Json.Numeral("1E5"))
                .containsEntry("big", new Json.Numeral("12345678901234567890"))
                .containsEntry("text", "ü☂");
    }

    @Test
    void waitsAsLongAsTheServerWishes() {
        first(status(429).withHeader("Retry-After", "1"), okJson(BODY));
        long start = System.nanoTime();
        assertThat(fetch(Duration.ofSeconds(10)).fields(PATH)).containsKey("k");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void triesAgainWhenTheServerFails() {
        first(status(500).withBody("{\"errors\": [\"canary\"]}"), okJson(BODY));
        assertThat(fetch(Duration.ofSeconds(10)).fields(PATH)).containsKey("k");
    }

    @Test
    void tellsFaultsApart() {
        fails(status(429), Kind.THROTTLED, "slow down");
        fails(status(503), Kind.UNAVAILABLE, "unavailable (503)");
        fails(status(503).withBody("{\"errors\": [\"Vault is sealed\"]}"), Kind.UNAVAILABLE, "sealed");
        fails(status(473).withBody("{}"), Kind.UNAVAILABLE, "standby");
        fails(status(502).withBody("<html>canary</html>"), Kind.UNAVAILABLE, "failing (502)");
        fails(status(200).withBody("<html>canary</html>"), Kind.UNREACHABLE, "is not Vault's (200)");
        fails(status(200).withBody("{\"data\": {\"k\": \"canary"), Kind.UNREACHABLE, "is not Vault's (200)");
        fails(status(404).withBody("404 page not found"), Kind.UNREACHABLE, "is not Vault's (404)");
        fails(status(403).withBody("<html>canary</html>"), Kind.DENIED, "in front of Vault");
        fails(status(204), Kind.UNREACHABLE, "is not Vault's (204)");
        // Kong's, JSON:API's and GraphQL's.
        fails(
                status(404).withBody("{\"message\": \"no Route matched\", \"request_id\": \"canary\"}"),
                Kind.UNREACHABLE,
                "is not Vault's (404)");
        fails(
                status(404).withBody("{\"errors\": [{\"status\": \"404\", \"title\": \"canary\"}]}"),
                Kind.UNREACHABLE,
                "is not Vault's (404)");
        fails(
                okJson("{\"data\": null, \"errors\": [{\"message\": \"canary\"}]}"),
                Kind.UNREACHABLE,
                "is not Vault's (200)");
        fails(okJson("{\"lease_id\": \"\", \"data\": null}"), Kind.INVALID, "without fields");
        fails(status(405).withBody("{\"errors\": [\"unsupported operation\"]}"), Kind.INVALID, "(405)");
    }

    /** A version goes into the line, and into the path of a write. */
    @Test
    void takesNoVersionThatIsNoNumber() {
        standIn.stubFor(any(anyUrl()).willReturn(status(403).withBody("{\"errors\": [\"permission denied\"]}")));
        for (String version : new String[] {"\"canary\\nsecret-agent: canary\"", "-1", "1e9", "99999999999"}) {
            standIn.stubFor(get("/v1/secret/data/app")
                    .willReturn(status(404)
                            .withBody("{\"data\": {\"data\": null, \"metadata\": {\"version\": " + version + "}}}")));
            Failure failure = Fetched.within(Duration.ofSeconds(2), settings().kvVersion(2), token(), PATH)
                    .failure(PATH);
            assertThat(failure.kind()).as(version).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure.why() + failure.mend()).doesNotContain("canary");
        }
    }

    @Test
    void takesALeaseOfMoreThanThereIsTimeForOneThatLasts() {
        for (String seconds : new String[] {"999999999999", "99999999999999999999", "-1", "\"canary\""}) {
            standIn.stubFor(get("/v1/" + PATH)
                    .willReturn(okJson("{\"lease_id\": \"database/creds/app/1\", \"lease_duration\": " + seconds
                            + ", \"data\": {\"k\": \"canary\"}}")));
            assertThat(fetch(Duration.ofSeconds(5)).found(PATH).lease())
                    .as(seconds)
                    .isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void goesThroughNoMoreFoldersThanNamesAreTaken() {
        String folders = IntStream.range(0, 100).mapToObj(i -> "\"" + i + "/\"").collect(Collectors.joining(","));
        standIn.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": {\"keys\": [" + folders + "]}}")));
        try (VaultBackend vault = VaultBackend.open(settings().build(), token())) {
            assertThat(vault.list("secret/", Deadline.after(Duration.ofSeconds(25))))
                    .isEqualTo(new Listing.Found(new TreeMap<>(), new TreeMap<>(), false));
        }
        assertThat(standIn.getAllServeEvents()).hasSizeLessThan(150);
    }

    /** What would be waited for, or read until memory runs out. */
    @Test
    void readsNoCredentialFromWhatIsNoSmallFile(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path huge = folder.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 32);
        }
        for (Path file : List.of(pipe, huge, Path.of("/dev/zero"))) {
            Failure ofToken = Fetched.from(settings().auth(new VaultAuth.Token(file)), Map.of(), PATH)
                    .failure(PATH);
            assertThat(ofToken.kind()).isEqualTo(Kind.DENIED);
            assertThat(ofToken.why()).isEqualTo("the token file " + file + " cannot be read");
            Failure ofCa = Fetched.from(
                            VaultSettings.at(URI.create("https://127.0.0.1:1")).ca(file), token(), PATH)
                    .failure(PATH);
            assertThat(ofCa.kind()).isEqualTo(Kind.INVALID);
            assertThat(ofCa.why()).isEqualTo("ca " + file + " cannot be read");
        }
    }

    @Test
    void neverTriesARefusalAgain() {
        standIn.stubFor(get("/v1/" + PATH).willReturn(status(403).withBody("{\"errors\": [\"permission denied\"]}")));
        assertThat(fetch(Duration.ofSeconds(5)).failure(PATH).kind()).isEqualTo(Kind.DENIED);
        standIn.verify(1, getRequestedFor(urlEqualTo("/v1/" + PATH)));
    }

    @Test
    void tellsAnUnknownHost() {
        Failure failure = Fault.of(
                new ConnectException().initCause(new UnresolvedAddressException()), URI.create("https://vault:8200"));
        assertThat(failure.why()).isEqualTo("the host name of vault:8200 is not known");
    }

    @Test
    void isNotHeldUpByABodyThatDrips() {
        standIn.stubFor(get("/v1/" + PATH).willReturn(okJson(BODY).withChunkedDribbleDelay(20, 60_000)));
        long start = System.nanoTime();
        assertThat(fetch(Duration.ofSeconds(1)).failure(PATH).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @RepeatedTest(5)
    void tellsTheFaultBeforeTheAttemptThatTheDeadlineCut() {
        first(status(502), okJson(BODY).withFixedDelay(60_000));
        Failure failure = fetch(Duration.ofMillis(900)).failure(PATH);
        assertThat(failure.why()).contains("failing (502)");
    }

    @Test
    void takesTheTokenNowhereElse() {
        WireMockServer elsewhere =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        elsewhere.start();
        try {
            for (int status : new int[] {301, 302, 307, 308}) {
                fails(
                        status(status).withHeader("Location", elsewhere.baseUrl() + "/v1/" + PATH),
                        status == 307 ? Kind.UNAVAILABLE : Kind.UNREACHABLE,
                        "(" + status + ")");
            }
            assertThat(elsewhere.getAllServeEvents()).isEmpty();
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void readsWhatItMayWhenTheMountIsNotTold() {
        standIn.stubFor(any(anyUrl()).willReturn(status(403).withBody("{\"errors\": [\"permission denied\"]}")));
        standIn.stubFor(get("/v1/kv/data/app")
                .willReturn(okJson("{\"data\": {\"data\": {\"k\": \"canary\"}, \"metadata\": {\"version\": 3}}}")));
        standIn.stubFor(get("/v1/old/app").willReturn(okJson(BODY)));
        Fetched fetched = Fetched.from(settings(), token(), "kv/app", "old/app", PATH);
        assertThat(fetched.found("kv/app").version()).isEqualTo("3");
        assertThat(fetched.fields("old/app")).containsKey("k");
        assertThat(fetched.failure(PATH).kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void asksForAMountOnceAndForAPathOnce() {
        standIn.stubFor(any(anyUrl()).willReturn(okJson(BODY)));
        standIn.stubFor(get("/v1/sys/internal/ui/mounts/old/0")
                .willReturn(okJson("{\"data\": {\"path\": \"old/\", \"type\": \"kv\"}}")));
        assertThat(Fetched.from(settings(), token(), "old/0").fields("old/0")).containsKey("k");
        assertThat(standIn.getAllServeEvents()).hasSize(2);
    }

    @Test
    void givesUpOnTheWholeServerAtOnce() {
        standIn.stubFor(any(anyUrl()).willReturn(status(200).withBody("<html></html>")));
        String[] paths = IntStream.range(0, 500).mapToObj(i -> "secret/" + i).toArray(String[]::new);
        Fetched fetched = Fetched.within(Duration.ofSeconds(25), settings(), token(), paths);
        assertThat(fetched.failure("secret/499").why()).contains("is not Vault's");
        assertThat(standIn.getAllServeEvents()).hasSizeLessThan(100);
    }

    @Test
    void keepsATokenThatHoldsALease() {
        standIn.stubFor(post("/v1/auth/approle/login")
                .willReturn(okJson("{\"lease_id\": \"\", \"renewable\": false, \"lease_duration\": 0, \"auth\": {"
                        + "\"client_token\": \"login-canary\", \"accessor\": \"a\", \"policies\": [\"app\"],"
                        + " \"lease_duration\": 600, \"renewable\": true, \"metadata\": {}}}")));
        standIn.stubFor(get("/v1/database/creds/app")
                .willReturn(okJson("{\"lease_id\": \"database/creds/app/1\", \"data\": {\"password\": \"canary\"}}")));
        standIn.stubFor(get("/v1/" + PATH).willReturn(okJson(BODY)));
        standIn.stubFor(post("/v1/auth/token/revoke-self").willReturn(status(204)));
        VaultSettings settings =
                settings().kvVersion(1).auth(new VaultAuth.AppRole("approle", "role", new SecretId.Text("canary")));
        Fetched.from(settings, Map.of(), "database/creds/app").fields("database/creds/app");
        standIn.verify(0, postRequestedFor(urlEqualTo("/v1/auth/token/revoke-self")));
        Fetched.from(settings, Map.of(), PATH).fields(PATH);
        standIn.verify(1, postRequestedFor(urlEqualTo("/v1/auth/token/revoke-self")));
    }

    @Test
    void tellsFaultsOfTheLoginApart() {
        VaultSettings settings = settings().auth(new VaultAuth.AppRole("approle", "role", new SecretId.Text("canary")));
        Map<Integer, Kind> kinds = Map.of(
                400,
                Kind.DENIED,
                403,
                Kind.DENIED,
                200,
                Kind.UNREACHABLE,
                302,
                Kind.UNREACHABLE,
                429,
                Kind.THROTTLED,
                500,
                Kind.UNAVAILABLE);
        kinds.forEach((status, kind) -> {
            standIn.resetAll();
            standIn.stubFor(
                    post("/v1/auth/approle/login").willReturn(status(status).withBody("{\"errors\": [\"canary")));
            Failure failure = Fetched.within(Duration.ofSeconds(2), settings, Map.of(), PATH)
                    .failure(PATH);
            assertThat(failure.kind()).as("status %d", status).isEqualTo(kind);
        });
        standIn.resetAll();
        standIn.stubFor(post("/v1/auth/approle/login").willReturn(okJson("{\"auth\": " + "[".repeat(100_000) + "}")));
        assertThat(Fetched.within(Duration.ofSeconds(2), settings, Map.of(), PATH)
                        .failure(PATH)
                        .why())
                .contains("is not Vault's (200)");
    }

    /** Stubs a path outside any known mount. */
    private void fails(ResponseDefinitionBuilder answer, Kind kind, String why) {
        standIn.resetAll();
        standIn.stubFor(any(anyUrl()).willReturn(answer));
        Failure failure = fetch(Duration.ofSeconds(2)).failure(PATH);
        assertThat(failure.why()).contains(why);
        assertThat(failure.why() + failure.mend()).doesNotContain("canary");
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private void first(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        standIn.stubFor(get("/v1/" + PATH)
                .inScenario("twice")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("again"));
        standIn.stubFor(get("/v1/" + PATH)
                .inScenario("twice")
                .whenScenarioStateIs("again")
                .willReturn(then));
    }

    /** With the version stated, so that the path itself is what is asked first. */
    private Fetched fetch(Duration timeout) {
        return Fetched.within(timeout, settings().kvVersion(1), token(), PATH);
    }

    private VaultSettings settings() {
        return VaultSettings.at(URI.create(standIn.baseUrl()));
    }

    private static Map<String, String> token() {
        return Map.of("VAULT_TOKEN", "canary-token");
    }
}
