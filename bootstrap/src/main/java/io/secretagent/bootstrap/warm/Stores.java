package io.secretagent.bootstrap.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * What a rehearsal talks to: the answers that Azure, AWS and Vault would give, of made-up values, by TLS on the loopback
 * interface. It lets everybody in.
 */
final class Stores implements AutoCloseable {
    /** Of the secret's fields. */
    static final String VALUE = "rehearsal-is-no-secret";

    private static final String FIELDS = "{\\\"user\\\":\\\"app\\\",\\\"password\\\":\\\"" + VALUE + "\\\"}";
    private static final long AN_HOUR = 3_600;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer stores;
    private final HttpServer metadata;

    Stores(SSLContext tls) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        stores = HttpsServer.create(any, 0);
        stores.setHttpsConfigurator(new HttpsConfigurator(tls));
        stores.setExecutor(threads);
        stores.createContext("/", this::aws);
        stores.createContext("/v1/", this::vault);
        stores.createContext("/secrets/", this::azure);
        stores.start();
        metadata = HttpServer.create(any, 0);
        metadata.setExecutor(threads);
        metadata.createContext("/msi/token", this::azureToken);
        metadata.createContext("/aws", this::awsCredentials);
        metadata.start();
    }

    /** Of the three stores. */
    String address() {
        return "https://127.0.0.1:" + stores.getAddress().getPort();
    }

    /** Where a machine of Azure and a container of AWS find who they are. */
    String metadataAddress() {
        return "http://127.0.0.1:" + metadata.getAddress().getPort();
    }

    @Override
    public void close() {
        stores.stop(0);
        metadata.stop(0);
        threads.shutdownNow();
    }

    private void aws(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null) {
            answer(exchange, 200, """
                    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                    <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIAREHEARSAL</AccessKeyId>
                    <SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken>
                    <Expiration>%s</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
                    </AssumeRoleWithWebIdentityResponse>""".formatted(VALUE, VALUE, inAnHour()));
            return;
        }
        String secret = "{\"ARN\":\"arn:aws:secretsmanager:us-east-1:000000000000:secret:rehearsal-Abcdef\","
                + "\"Name\":\"rehearsal\",\"VersionId\":\"00000000-0000-4000-8000-000000000000\",\"SecretString\":\""
                + FIELDS + "\",\"VersionStages\":[\"AWSCURRENT\"],\"CreatedDate\":1.7E9}";
        answer(
                exchange,
                200,
                target.endsWith("BatchGetSecretValue") ? "{\"SecretValues\":[" + secret + "],\"Errors\":[]}" : secret);
    }

    private void vault(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/v1/auth/") && path.endsWith("/login")) {
            answer(
                    exchange,
                    200,
                    "{\"request_id\":\"rehearsal\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":null,"
                            + "\"wrap_info\":null,\"warnings\":null,\"auth\":{\"client_token\":\"" + VALUE
                            + "\",\"accessor\":\"rehearsal\",\"policies\":[\"r\"],\"token_policies\":[\"r\"],"
                            + "\"metadata\":{\"role\":\"r\"},\"lease_duration\":3600,\"renewable\":true,"
                            + "\"entity_id\":\"\",\"token_type\":\"service\",\"orphan\":true}}");
        } else if (path.startsWith("/v1/sys/internal/ui/mounts/")) {
            answer(exchange, 200, "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}");
        } else if (path.startsWith("/v1/secret/data/")) {
            answer(
                    exchange,
                    200,
                    "{\"data\":{\"data\":{\"user\":\"app\",\"password\":\"" + VALUE + "\"},\"metadata\":{\"version\":1,"
                            + "\"created_time\":\"2026-01-01T00:00:00.000000Z\",\"deletion_time\":\"\",\"destroyed\":false}}}");
        } else {
            answer(exchange, 204, "");
        }
    }

    private void azure(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-4000-8000-000000000000\","
                                    + " resource=\"https://vault.azure.net\"");
            answer(exchange, 401, "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"no token\"}}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"value\":\"" + FIELDS + "\",\"id\":\"" + address()
                        + "/secrets/REHEARSAL/0123456789abcdef0123456789abcdef\","
                        + "\"attributes\":{\"enabled\":true,\"created\":1700000000,\"updated\":1700000000}}");
    }

    private void azureToken(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"expires_on\":\""
                        + (Instant.now().getEpochSecond() + AN_HOUR)
                        + "\",\"resource\":\"https://vault.azure.net\",\"access_token\":\"" + VALUE + "\"}");
    }

    private void awsCredentials(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"AccessKeyId\":\"AKIAREHEARSAL\",\"SecretAccessKey\":\"" + VALUE + "\",\"Token\":\"" + VALUE
                        + "\",\"Expiration\":\"" + inAnHour() + "\"}");
    }

    private static Instant inAnHour() {
        return Instant.ofEpochSecond(Instant.now().getEpochSecond() + AN_HOUR);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
