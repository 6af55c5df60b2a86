package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in, of the project's own, for where Azure's tokens come from: the token endpoint of Entra ID (client secret,
 * federated assertion) and the managed-identity endpoints of App Service and of a virtual machine (IMDS). Its tokens are
 * really signed.
 *
 * <p>Not checked: the tenant in the path, the assertion's subject, API versions, claims beyond issuer, audience and
 * expiry. Not there: instance discovery, certificates of clients, Azure Arc, Service Fabric.
 */
final class LoginStandIn implements AutoCloseable {
    static final String TENANT = "6f0f5d2e-0000-4000-8000-3d1f5a3b9c10";
    static final String CLIENT = "0c0ffee0-0000-4000-8000-1d2e3f4a5b6c";
    static final String CLIENT_SECRET = "canary-client-secret-5Jq8";
    static final String IDENTITY_HEADER = "canary-identity-header-2Wx7";
    static final String VAULT_RESOURCE = "https://vault.azure.net";

    /** Of the vault's tokens. */
    final TokenIssuer issuer = new TokenIssuer("https://sts.windows.net/" + TENANT + "/");
    /** Of the service account tokens of a Kubernetes cluster. */
    final TokenIssuer cluster = new TokenIssuer("https://cluster.example");

    final AtomicInteger tokens = new AtomicInteger();
    /** Answers of the managed-identity endpoints that fail with this status before they succeed. */
    final AtomicInteger failures = new AtomicInteger();

    volatile int failureStatus = 500;
    /** Who signs the tokens that are handed out; another than {@link #issuer} makes them worthless. */
    volatile TokenIssuer signer = issuer;

    private final HttpServer identity;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    LoginStandIn() throws IOException, GeneralSecurityException {
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.setExecutor(threads);
        identity.createContext("/msi/token", this::appService);
        identity.createContext("/metadata/identity/oauth2/token", this::virtualMachine);
        identity.createContext(
                "/of-another-cloud/", exchange -> Answers.send(exchange, 403, "text/html", "<p>canary-body"));
        identity.start();
    }

    /** For {@code IDENTITY_ENDPOINT}. */
    String appServiceEndpoint() {
        return "http://127.0.0.1:" + identity.getAddress().getPort() + "/msi/token";
    }

    /** For {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}. */
    String virtualMachineHost() {
        return "http://127.0.0.1:" + identity.getAddress().getPort();
    }

    /** {@code POST /TENANT/oauth2/v2.0/token}, served by the vault's HTTPS server. */
    void tokenEndpoint(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                Answers.form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        if (!exchange.getRequestURI().getPath().endsWith("/oauth2/v2.0/token")) {
            Answers.json(exchange, 404, "{\"error\":\"not_found\"}");
        } else if (!"client_credentials".equals(form.get("grant_type"))
                || !List.of(form.getOrDefault("scope", "").split(" ", -1)).contains(VAULT_RESOURCE + "/.default")) {
            Answers.json(exchange, 400, "{\"error\":\"invalid_request\",\"error_description\":\"canary-body-login\"}");
        } else if (!CLIENT.equals(form.get("client_id")) || !isKnown(form)) {
            Answers.json(
                    exchange,
                    401,
                    "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: canary-body-login\","
                            + "\"error_codes\":[7000215]}");
        } else {
            Answers.json(
                    exchange,
                    200,
                    "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token(VAULT_RESOURCE)
                            + "\"}");
        }
    }

    @Override
    public void close() {
        identity.stop(0);
        threads.shutdownNow();
    }

    private boolean isKnown(Map<String, String> form) {
        try {
            return CLIENT_SECRET.equals(form.get("client_secret"))
                    || cluster.verify(form.get("client_assertion"), "api://AzureADTokenExchange");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void appService(HttpExchange exchange) throws IOException {
        managedIdentity(
                exchange, IDENTITY_HEADER.equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER")));
    }

    private void virtualMachine(HttpExchange exchange) throws IOException {
        managedIdentity(
                exchange, "true".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Metadata")));
    }

    private void managedIdentity(HttpExchange exchange, boolean allowed) throws IOException {
        @Nullable String resource = Answers.form(exchange.getRequestURI().getRawQuery()).get("resource");
        if (!allowed || resource == null) {
            Answers.json(exchange, 400, "{\"error\":\"invalid_request\",\"error_description\":\"canary-body-login\"}");
        } else if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            Answers.json(
                    exchange, failureStatus, "{\"error\":\"unknown\",\"error_description\":\"canary-body-login\"}");
        } else {
            long expires = Instant.now().getEpochSecond() + 3599;
            Answers.json(
                    exchange,
                    200,
                    "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"expires_on\":\"" + expires
                            + "\",\"resource\":\"" + resource + "\",\"access_token\":\"" + token(resource) + "\"}");
        }
    }

    private String token(String audience) throws IOException {
        tokens.incrementAndGet();
        try {
            return signer.issue(CLIENT, audience, Duration.ofHours(1));
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException("signing failed", e));
        }
    }
}
