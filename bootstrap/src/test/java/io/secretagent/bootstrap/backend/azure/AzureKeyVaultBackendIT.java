package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AzureKeyVaultBackendIT {
    private static final String HOST = "demo-keys.vault.azure.net";
    private static final String VALUE = "canary-value-h7Qz";
    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";
    private static final long MADE = 1_780_000_000;

    @TempDir
    private static Path folder;

    private static Path hosts;
    private static Certificate certificate;

    private LoginStandIn login;
    private VaultStandIn vault;
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = Certificate.make(folder, "vault", HOST, "localhost");
        hosts = Certificate.hostsFile(folder, HOST, "localhost");
    }

    @BeforeEach
    void start() throws Exception {
        login = new LoginStandIn();
        vault = new VaultStandIn(certificate, login);
        vault.put("GOOD", version(NEW, VALUE));
    }

    @AfterEach
    void stop() {
        over.countDown();
        vault.close();
        login.close();
    }

    @Test
    void tellsWhatIsThereFromWhatIsNot() throws Exception {
        long hour = Duration.ofHours(1).toSeconds();
        long now = Instant.now().getEpochSecond();
        vault.put("ROTATED", version(OLD, VALUE + "-old")).put("ROTATED", version(NEW, VALUE + "-new é✓\n"));
        vault.put("OFF", new VaultStandIn.Version(NEW, VALUE, false, Map.of()));
        vault.put("EXPIRED", new VaultStandIn.Version(NEW, VALUE, true, Map.of("created", MADE, "exp", MADE + 86_400)));
        vault.put("EARLY", new VaultStandIn.Version(NEW, VALUE, true, Map.of("created", MADE, "nbf", now + hour)));
        vault.put("CURRENT", new VaultStandIn.Version(NEW, VALUE, true, Map.of("exp", now + hour, "nbf", now - hour)));
        vault.script("RBAC", forbidden("ForbiddenByRbac"))
                .script("POLICY", forbidden("AccessDenied"))
                .script("FIREWALL", forbidden("ForbiddenByFirewall"))
                .script("PRIVATE", forbidden("ForbiddenByConnection"))
                .script("NBF", forbidden("SecretNotYetValid"))
                .script("BUSY", status(429), status(429))
                .script("SHAKY", status(500))
                .script("LOGIN-PAGE", html(200), html(200), html(200), html(200), html(200), html(200))
                .script("PROXY-404", html(404), html(404), html(404), html(404), html(404), html(404));
        vault.put("BUSY", version(NEW, VALUE)).put("SHAKY", version(NEW, VALUE));

        AzureFetch.Result result = onAppService()
                .run(List.of(
                        "GOOD",
                        "ROTATED",
                        "ROTATED@" + OLD,
                        "ROTATED@00000000000000000000000000000000",
                        "ROTATED@../GOOD",
                        "MISSING",
                        "OFF",
                        "EXPIRED",
                        "EARLY",
                        "CURRENT",
                        "RBAC",
                        "POLICY",
                        "FIREWALL",
                        "PRIVATE",
                        "NBF",
                        "BUSY",
                        "SHAKY",
                        "LOGIN-PAGE",
                        "PROXY-404",
                        "OPENAI_API.KEY",
                        "a/b"));

        assertThat(result.line("GOOD")).isEqualTo(FetchFromAzure.found(VALUE, NEW) + " " + Instant.ofEpochSecond(MADE));
        assertThat(result.line("ROTATED")).startsWith(FetchFromAzure.found(VALUE + "-new é✓\n", NEW));
        assertThat(result.line("ROTATED version " + OLD)).startsWith(FetchFromAzure.found(VALUE + "-old", OLD));
        assertThat(result.line("ROTATED version 00000000000000000000000000000000"))
                .startsWith("NOT_FOUND ");
        assertThat(result.line("ROTATED version ../GOOD")).startsWith("INVALID ");
        assertThat(result.line("MISSING")).startsWith("NOT_FOUND there is no such secret");
        assertThat(result.line("OFF")).startsWith("DISABLED disabled");
        assertThat(result.line("EXPIRED")).startsWith("DISABLED expired on 2026-05-29");
        assertThat(result.line("EARLY")).startsWith("DISABLED not valid before ");
        assertThat(result.line("CURRENT")).startsWith("found ");
        assertThat(result.line("RBAC")).startsWith("DENIED ").contains("\"Key Vault Secrets User\"");
        assertThat(result.line("POLICY")).startsWith("DENIED ").contains("access policy");
        assertThat(result.line("FIREWALL")).startsWith("DENIED the vault's firewall");
        assertThat(result.line("PRIVATE")).startsWith("DENIED ").contains("private endpoint");
        assertThat(result.line("NBF")).startsWith("DISABLED not valid yet");
        assertThat(result.line("BUSY")).startsWith("found ");
        assertThat(result.line("SHAKY")).startsWith("found ");
        assertThat(result.line("LOGIN-PAGE")).startsWith("UNREACHABLE the answer does not come from a key vault");
        assertThat(result.line("PROXY-404")).startsWith("UNREACHABLE the answer does not come from a key vault");
        assertThat(result.line("OPENAI_API.KEY")).startsWith("INVALID ").endsWith("did you mean OPENAI-API-KEY");
        assertThat(result.line("a/b")).startsWith("INVALID ").doesNotContain("did you mean");
        assertThat(login.tokens).as("logins").hasValue(1);
        assertQuiet(result, 21);
    }

    @Test
    void readsManyEightAtOnceWithOneToken() throws Exception {
        CountDownLatch eight = new CountDownLatch(8);
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "S-" + i).toList();
        for (String name : names) {
            vault.put(name, version(NEW, VALUE + name));
        }
        for (String name : names.subList(0, 8)) {
            vault.script(name, exchange -> {
                eight.countDown();
                boolean together = await(eight);
                Answers.json(
                        exchange,
                        200,
                        "{\"value\":\"" + together + "\",\"id\":\"https://" + HOST + "/secrets/" + name + "/" + NEW
                                + "\",\"attributes\":{\"enabled\":true}}");
            });
        }

        AzureFetch.Result result = onAppService().run(names);

        for (String name : names.subList(0, 8)) {
            assertThat(result.line(name)).startsWith(FetchFromAzure.found("true", NEW));
        }
        for (String name : names.subList(8, 200)) {
            assertThat(result.line(name)).startsWith(FetchFromAzure.found(VALUE + name, NEW));
        }
        assertThat(vault.mostInFlight).hasValue(8);
        assertThat(vault.reads).as("each once").hasValue(200);
        assertThat(login.tokens).hasValue(1);
        assertQuiet(result, 200);
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void takesTheIdentityOfAVirtualMachine(Jdks.Jdk jdk) throws Exception {
        AzureFetch.Result result = fetch().on(jdk)
                .environment("AZURE_POD_IDENTITY_AUTHORITY_HOST", login.virtualMachineHost())
                .client(LoginStandIn.CLIENT)
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertQuiet(result, 1);
    }

    @Test
    void asksAgainForTheIdentityOfAVirtualMachineThatIsStillBeingAssigned() throws Exception {
        login.failures.set(2);

        AzureFetch.Result result = fetch().environment("AZURE_POD_IDENTITY_AUTHORITY_HOST", login.virtualMachineHost())
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertQuiet(result, 1);
    }

    @Test
    void takesAWorkloadIdentity() throws Exception {
        Path assertion = Files.writeString(
                folder.resolve("assertion"),
                login.cluster.issue("system:serviceaccount:a:b", "api://AzureADTokenExchange", Duration.ofMinutes(10)),
                UTF_8);

        AzureFetch.Result result = fetch().authority("https://localhost:" + vault.port())
                .client(LoginStandIn.CLIENT)
                .tenant(LoginStandIn.TENANT)
                .environment("AZURE_FEDERATED_TOKEN_FILE", assertion.toString())
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertQuiet(result, 1);
    }

    @Test
    void takesAClientSecretOfTheEnvironment() throws Exception {
        AzureFetch.Result result = withClientSecret(LoginStandIn.CLIENT_SECRET).run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertQuiet(result, 1);
    }

    @Test
    void saysThatTheCredentialIsRefusedOnceForAll() throws Exception {
        AzureFetch.Result result =
                withClientSecret("canary-client-secret-wrong").run(List.of("GOOD", "OTHER"));

        assertThat(result.line("GOOD")).startsWith("DENIED Azure's login refuses the credential (401)");
        assertThat(result.line("OTHER")).isEqualTo(result.line("GOOD"));
        assertThat(result.took()).isLessThan(10_000);
        assertQuiet(result, 2);
    }

    @Test
    void saysThatTheAuthorityIsNoAuthority() throws Exception {
        AzureFetch.Result result = withClientSecret(LoginStandIn.CLIENT_SECRET)
                .authority("http://localhost:" + vault.port())
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("INVALID ").contains("authority (https)");
        assertQuiet(result, 1);
    }

    @Test
    void saysThatTheVaultRefusesTheToken() throws Exception {
        login.signer = new TokenIssuer("https://sts.windows.net/" + LoginStandIn.TENANT + "/");

        AzureFetch.Result result = onAppService().run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("DENIED the vault does not accept the token (401)");
        assertThat(vault.reads).hasValue(0);
        assertQuiet(result, 1);
    }

    @Test
    void namesTheCredentialsItTriedWhenThereIsNone() throws Exception {
        AzureFetch.Result result = nowhere(fetch()).run(List.of("GOOD", "OTHER"));

        assertThat(result.line("GOOD"))
                .startsWith("DENIED no Azure credential could be used; tried: environment, workload identity")
                .contains("Azure CLI");
        assertThat(result.took()).isLessThan(10_000);
        assertQuiet(result, 2);
    }

    @Test
    void tellsAnotherCloudsMetadataServiceFromAzures() throws Exception {
        AzureFetch.Result result = fetch().environment(
                        "AZURE_POD_IDENTITY_AUTHORITY_HOST", login.virtualMachineHost() + "/of-another-cloud")
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("DENIED no Azure credential").contains("is not Azure");
        assertQuiet(result, 1);
    }

    @Test
    void doesNotWaitForACommandLineThatHangs() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path az = Files.writeString(tools.resolve("az"), "#!/bin/sh\nexec /bin/sleep 40\n", UTF_8);
        assertThat(az.toFile().setExecutable(true)).isTrue();

        AzureFetch.Result result = nowhere(fetch())
                .timeout(20_000)
                .environment("PATH", tools.toString())
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD"))
                .startsWith("TIMED_OUT no Azure credential in time")
                .contains("az, azd or pwsh");
        assertThat(result.took()).isLessThan(19_000);
        assertQuiet(result, 1);
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        AzureFetch.Result result = new AzureFetch(folder, hosts, "https://" + HOST + ":" + ServerProcess.freePort())
                .trusting(certificate)
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("UNREACHABLE connection to the vault refused");
        assertQuiet(result, 1);
    }

    @Test
    void refusesPlainHttp() throws Exception {
        AzureFetch.Result result = new AzureFetch(folder, hosts, "http://localhost:1").run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("INVALID ").endsWith("use https in url");
        assertQuiet(result, 1);
    }

    @Test
    void saysThatTheHostIsNotKnown() throws Exception {
        AzureFetch.Result result = new AzureFetch(folder, hosts, "https://typo.vault.azure.net")
                .trusting(certificate)
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("UNREACHABLE the host name of the vault is not known");
        assertQuiet(result, 1);
    }

    @Test
    void saysAtOnceThatACertificateIsNotTrusted() throws Exception {
        AzureFetch.Result result = new AzureFetch(folder, hosts, url(HOST)).run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("UNTRUSTED the certificate of the vault is not trusted");
        assertThat(result.took()).isLessThan(5_000);
        assertQuiet(result, 1);
    }

    @Test
    void doesNotGiveATokenToAServerThatAsksForAnotherDomains() throws Exception {
        vault.resource = "https://vault.example.com";

        AzureFetch.Result result = onAppService().run(List.of("GOOD"));

        assertThat(result.line("GOOD"))
                .startsWith("INVALID the server at url asks for a token of another domain")
                .contains("challenge-resource-verification: false");
        assertThat(login.tokens).hasValue(0);
        assertQuiet(result, 1);
    }

    @Test
    void readsAVaultUnderANameOfOnesOwnIfItIsToldTo() throws Exception {
        AzureFetch.Result result = asAppService(new AzureFetch(folder, hosts, url("localhost")))
                .trusting(certificate)
                .withoutVerification()
                .run(List.of("GOOD"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertQuiet(result, 1);
    }

    @Test
    void endsAtTheDeadlineWhateverTheServerDoes() throws Exception {
        vault.script("DRIP", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!over.await(100, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        vault.script("SILENT", exchange -> await(over), exchange -> await(over));
        vault.script("BROKEN", status(503), status(503), status(503), status(503), status(503), status(503));

        AzureFetch.Result result = onAppService().timeout(16_000).run(List.of("GOOD", "DRIP", "SILENT", "BROKEN"));

        assertThat(result.line("GOOD")).startsWith("found ");
        assertThat(result.line("DRIP")).startsWith("TIMED_OUT ");
        assertThat(result.line("SILENT")).matches("(TIMED_OUT|UNREACHABLE) .*");
        assertThat(result.line("BROKEN")).matches("(TIMED_OUT|UNAVAILABLE) .*");
        assertThat(result.took()).isBetween(15_000L, 19_000L);
        assertQuiet(result, 4);
    }

    private AzureFetch fetch() {
        return new AzureFetch(folder, hosts, url(HOST)).trusting(certificate);
    }

    private AzureFetch onAppService() {
        return asAppService(fetch());
    }

    private AzureFetch asAppService(AzureFetch fetch) {
        return fetch.environment("IDENTITY_ENDPOINT", login.appServiceEndpoint())
                .environment("IDENTITY_HEADER", LoginStandIn.IDENTITY_HEADER);
    }

    /** A machine without a metadata service, whatever the network of the tests has at that address. */
    private static AzureFetch nowhere(AzureFetch fetch) throws IOException {
        return fetch.environment("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:" + ServerProcess.freePort());
    }

    private AzureFetch withClientSecret(String secret) {
        return fetch().authority("https://localhost:" + vault.port())
                .environment("AZURE_CLIENT_ID", LoginStandIn.CLIENT)
                .environment("AZURE_TENANT_ID", LoginStandIn.TENANT)
                .environment("AZURE_CLIENT_SECRET", secret);
    }

    private String url(String host) {
        return "https://" + host + ":" + vault.port();
    }

    /** Ended by itself, said one line a location, and neither a value, a token nor what a body says. */
    private static void assertQuiet(AzureFetch.Result result, int locations) {
        assertThat(result.process().err()).isEmpty();
        assertThat(result.process().exit()).isZero();
        assertThat(result.lines()).hasSize(locations);
        assertThat(result.process().out()).doesNotContain("canary", "eyJ", "AADSTS", "Exception");
    }

    private static VaultStandIn.Version version(String id, String value) {
        return new VaultStandIn.Version(id, value, true, Map.of("created", MADE, "updated", MADE + 60));
    }

    private static HttpHandler forbidden(String inner) {
        return exchange -> Answers.error(exchange, 403, "Forbidden", inner, "canary-body: Caller is not authorized");
    }

    private static HttpHandler status(int status) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            Answers.error(exchange, status, "Busy", null, "canary-body");
        };
    }

    private static HttpHandler html(int status) {
        return exchange -> Answers.send(exchange, status, "text/html", "<html><h1>canary-body</h1></html>");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
