package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.LimitedHttpClient;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server and the one HTTP client that talks to it. Redirects are never followed: they would carry the token to
 * wherever the answer says. A standby that does not forward must be replaced by the active node's address.
 */
final class VaultServer {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** One attempt, so that a connection that hangs leaves time for another. */
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(10);
    /** The JDK's client (HttpClientImpl.purgeTimeoutsAndReturnNextDeadline) drops parts of a millisecond, so is early. */
    private static final Duration ROUNDING = Duration.ofMillis(2);
    /** What a header can carry; the JDK's refusal of anything else quotes the value. */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]+");

    private final HttpClient http;
    private final URI address;
    private final @Nullable String namespace;

    static VaultServer of(BackendSettings.Vault settings) throws BackendException {
        String namespace = settings.namespace();
        if (namespace != null && !isHeaderValue(namespace)) {
            throw new BackendException(
                    new Failure(
                            Failure.Kind.INVALID,
                            "the namespace has characters that no namespace can have",
                            "correct namespace: of the backend " + settings.name()),
                    null);
        }
        HttpClient.Builder http = LimitedHttpClient.builder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT);
        // Also for http: without one the client reads all that the JVM trusts.
        http.sslContext(
                "https".equalsIgnoreCase(settings.address().getScheme()) ? Tls.context(settings) : Tls.nobody());
        return new VaultServer(http.build(), settings.address(), namespace);
    }

    private VaultServer(HttpClient http, URI address, @Nullable String namespace) {
        this.http = http;
        this.address = address;
        this.namespace = namespace;
    }

    URI address() {
        return address;
    }

    HttpClient http() {
        return http;
    }

    static boolean isHeaderValue(String text) {
        return HEADER_VALUE.matcher(text).matches();
    }

    /**
     * Reads a path of the API once. Not through the driver: it keeps neither numbers nor headers, and decodes the body
     * with the platform's character set, which on Java 17 in a container is often ASCII.
     *
     * @param path without {@code v1/}, not encoded
     * @throws BackendException if no answer came
     */
    Answer get(String path, @Nullable String query, String token, Deadline deadline) throws BackendException {
        return send(request(encoded(path) + (query == null ? "" : "?" + query), token, deadline)
                .GET());
    }

    /**
     * Writes to a path of the API once.
     *
     * @param path as for {@link #get}
     * @param body in the form of {@link Content.Fields}
     * @throws BackendException if no answer came, whether it was written or not
     */
    Answer post(String path, Map<String, Object> body, String token, Deadline deadline) throws BackendException {
        return send(request(encoded(path), token, deadline)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body))));
    }

    private HttpRequest.Builder request(String pathAndQuery, String token, Deadline deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + "/v1/" + pathAndQuery))
                .timeout(attemptLimit(deadline))
                .header("X-Vault-Token", token)
                .header("X-Vault-Request", "true");
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws BackendException {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    Json.object(response.body()),
                    response.headers()
                            .firstValue("Retry-After")
                            .map(VaultServer::seconds)
                            .orElse(null));
        } catch (IOException | IllegalArgumentException e) {
            // The second is the JDK's for a Content-Length that is no number.
            throw new BackendException(Fault.of(e, address), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Fault.timedOut(address), e);
        }
    }

    /** The driver's settings for one call. It reads no variable and no file by itself, and never tries again. */
    VaultConfig driver(@Nullable String token, Duration limit) throws VaultException {
        VaultConfig config = new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .address(base())
                .httpClient(http)
                .readTimeout((int) Math.max(1, limit.toSeconds()))
                .token(token);
        if (namespace != null) {
            config.nameSpace(namespace);
        }
        return config.build();
    }

    /** How long one attempt may take: if that is until the deadline, then the deadline has passed when it is over. */
    static Duration attemptLimit(Deadline deadline) {
        Duration remaining = deadline.remaining();
        return remaining.compareTo(ATTEMPT_LIMIT) < 0 ? remaining.plus(ROUNDING) : ATTEMPT_LIMIT;
    }

    /** The address without a slash at its end. */
    String base() {
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> URLEncoder.encode(segment, UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /** The header's other form, a date, is left to the backoff. */
    private static @Nullable Duration seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : null;
    }

    /** The driver would take VAULT_TOKEN, VAULT_ADDR and ~/.vault-token whatever the mapping says. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }
}
