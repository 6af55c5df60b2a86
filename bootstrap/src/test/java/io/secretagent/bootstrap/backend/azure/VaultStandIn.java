package io.secretagent.bootstrap.backend.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in, of the project's own, for a key vault, since no emulator that checks tokens could be had from the
 * registries. It follows the REST reference of 7.x: HTTPS, the 401 challenge, a check of the token's signature, issuer,
 * audience and expiry, versions, the list of secrets in pages of two, error bodies with their inner codes.
 *
 * <p>Not checked: the API version's value, roles and policies (errors are scripted; listing is forbidden until it
 * is allowed). Not there: everything but reading and writing one secret (its tags are dropped), the list of its versions on one page, and that of secrets; deleted
 * secrets, keys and certificates.
 */
final class VaultStandIn implements AutoCloseable {
    private final HttpsServer server;
    private final LoginStandIn login;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<Version>> secrets = new ConcurrentHashMap<>();
    private final Map<String, Queue<HttpHandler>> scripts = new ConcurrentHashMap<>();
    private static final int PAGE_SIZE = 2;

    private final Set<String> managed = ConcurrentHashMap.newKeySet();
    private volatile boolean listsAllowed;
    private volatile @Nullable HttpHandler instead;
    private final AtomicInteger inFlight = new AtomicInteger();

    final AtomicInteger mostInFlight = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    /** Pages of lists, of secrets and of versions. */
    final AtomicInteger lists = new AtomicInteger();

    /** What the challenge names. */
    volatile String resource = LoginStandIn.VAULT_RESOURCE;

    /**
     * One version of a secret.
     *
     * @param id 32 hexadecimal digits
     * @param dates in seconds of the epoch: created, updated, exp, nbf
     */
    record Version(String id, String value, boolean enabled, Map<String, Long> dates) {}

    VaultStandIn(Certificate certificate, LoginStandIn login) throws IOException, GeneralSecurityException {
        this.login = login;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(threads);
        server.createContext("/secrets", this::counted);
        server.createContext("/" + LoginStandIn.TENANT + "/", login::tokenEndpoint);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Adds a version, which becomes the current one. */
    VaultStandIn put(String name, Version version) {
        secrets.computeIfAbsent(name, key -> Collections.synchronizedList(new ArrayList<>()))
                .add(version);
        return this;
    }

    /** Forgets a secret. */
    void remove(String name) {
        secrets.remove(name);
    }

    /** In the order in which they were made. */
    List<Version> versions(String name) {
        return List.copyOf(secrets.getOrDefault(name, List.of()));
    }

    /** The value of the current version. */
    String current(String name) {
        return Objects.requireNonNull(version(name, "")).value();
    }

    /** Answers the next reads of a secret, after the check of the token, in this way; then as ever. */
    VaultStandIn script(String name, HttpHandler... answers) {
        scripts.put(name, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    /** Makes a secret that of a certificate. */
    void manage(String name) {
        managed.add(name);
    }

    /** Has something else answer, as it would in the vault's place; with null, the vault again. */
    void answerInstead(@Nullable HttpHandler other) {
        instead = other;
    }

    /** Gives callers the permission to list. */
    void allowLists() {
        listsAllowed = true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void counted(HttpExchange exchange) throws IOException {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try (exchange) {
            authorized(exchange);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void authorized(HttpExchange exchange) throws IOException {
        HttpHandler other = instead;
        if (other != null) {
            other.handle(exchange);
        } else if (isAuthorized(exchange.getRequestHeaders().getFirst("Authorization"))) {
            read(exchange);
        } else {
            challenge(exchange);
        }
    }

    private void challenge(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "WWW-Authenticate",
                        "Bearer authorization=\"https://login.microsoftonline.com/" + LoginStandIn.TENANT
                                + "\", resource=\"" + resource + "\"");
        Answers.error(exchange, 401, "Unauthorized", null, "canary-body: AKV10000: Request is missing a token.");
    }

    private boolean isAuthorized(@Nullable String header) {
        try {
            return header != null
                    && header.startsWith("Bearer ")
                    && login.issuer.verify(header.substring("Bearer ".length()), resource);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        if (path.length == 2) {
            listSecrets(exchange);
            return;
        }
        String name = path[2];
        if (path.length > 3 && path[3].equals("versions")) {
            list(exchange, name);
            return;
        }
        if (exchange.getRequestMethod().equals("PUT")) {
            write(exchange, name);
            return;
        }
        if (exchange.getRequestMethod().equals("PATCH")) {
            update(exchange, name, path[3]);
            return;
        }
        reads.incrementAndGet();
        HttpHandler scripted = next(name);
        if (scripted != null) {
            scripted.handle(exchange);
        } else if (!Answers.form(exchange.getRequestURI().getRawQuery()).containsKey("api-version")) {
            Answers.error(exchange, 400, "BadParameter", null, "canary-body: api-version must be specified");
        } else {
            answer(exchange, name, version(name, path.length > 3 ? path[3] : ""));
        }
    }

    private void write(HttpExchange exchange, String name) throws IOException {
        Map<String, Object> body = Json.object(exchange.getRequestBody().readAllBytes());
        if (body == null || !(body.get("value") instanceof String value)) {
            Answers.error(exchange, 400, "BadParameter", null, "canary-body: value must be specified");
            return;
        }
        String id = "%032x".formatted(writes.incrementAndGet());
        long now = Instant.now().getEpochSecond();
        put(name, new Version(id, value, true, Map.of("created", now, "updated", now)));
        answer(exchange, name, version(name, id));
    }

    /** Of a version's attributes, {@code enabled} alone. */
    private void update(HttpExchange exchange, String name, String id) throws IOException {
        Map<String, Object> body = Json.object(exchange.getRequestBody().readAllBytes());
        Version version = version(name, id);
        if (body == null || version == null || !(body.get("attributes") instanceof Map<?, ?> attributes)) {
            Answers.error(exchange, 400, "BadParameter", null, "canary-body: attributes must be specified");
            return;
        }
        boolean enabled = !Boolean.FALSE.equals(attributes.get("enabled"));
        Version updated = new Version(id, version.value(), enabled, version.dates());
        Objects.requireNonNull(secrets.get(name)).replaceAll(one -> one.id().equals(id) ? updated : one);
        Answers.json(exchange, 200, Json.text(item(exchange, name, updated)));
    }

    /** Whether a version can be read. */
    boolean isEnabled(String name, String id) {
        return Objects.requireNonNull(version(name, id)).enabled();
    }

    private @Nullable HttpHandler next(String name) {
        Queue<HttpHandler> script = scripts.get(name);
        if (script == null) {
            return null;
        }
        synchronized (script) {
            return script.poll();
        }
    }

    private @Nullable Version version(String name, String id) {
        List<Version> versions = secrets.getOrDefault(name, List.of());
        if (id.isEmpty()) {
            return versions.isEmpty() ? null : versions.get(versions.size() - 1);
        }
        return versions.stream().filter(v -> v.id().equals(id)).findFirst().orElse(null);
    }

    private void answer(HttpExchange exchange, String name, @Nullable Version version) throws IOException {
        if (version == null) {
            Answers.error(
                    exchange,
                    404,
                    "SecretNotFound",
                    null,
                    "canary-body: A secret with (name/id) " + name + " was not found in this key vault.");
        } else if (!version.enabled()) {
            Answers.error(
                    exchange,
                    403,
                    "Forbidden",
                    "SecretDisabled",
                    "canary-body: Operation get is not allowed on a disabled secret.");
        } else {
            Map<String, Object> bundle = item(exchange, name, version);
            bundle.put("value", version.value());
            Answers.json(exchange, 200, Json.text(bundle));
        }
    }

    private void list(HttpExchange exchange, String name) throws IOException {
        lists.incrementAndGet();
        if (!listsAllowed) {
            Answers.error(exchange, 403, "Forbidden", "ForbiddenByRbac", "canary-body: Caller is not authorized.");
            return;
        }
        List<Object> versions = new ArrayList<>();
        for (Version version : secrets.getOrDefault(name, List.of())) {
            versions.add(item(exchange, name, version));
        }
        Answers.json(exchange, 200, Json.text(Map.of("value", versions)));
    }

    private void listSecrets(HttpExchange exchange) throws IOException {
        lists.incrementAndGet();
        if (!listsAllowed) {
            Answers.error(exchange, 403, "Forbidden", "ForbiddenByRbac", "canary-body: Caller is not authorized.");
            return;
        }
        List<String> names = secrets.keySet().stream().sorted().toList();
        String query = exchange.getRequestURI().getRawQuery();
        int from = Integer.parseInt(Answers.form(query).getOrDefault("$skiptoken", "0"));
        int to = Math.min(names.size(), from + PAGE_SIZE);
        List<Object> page = new ArrayList<>();
        for (String name : names.subList(from, to)) {
            Version current = Objects.requireNonNull(version(name, ""));
            Map<String, Object> item = item(exchange, name, current);
            item.put("id", "https://" + exchange.getRequestHeaders().getFirst("Host") + "/secrets/" + name);
            if (managed.contains(name)) {
                item.put("managed", true);
            }
            page.add(item);
        }
        String next = "https://" + exchange.getRequestHeaders().getFirst("Host")
                + "/secrets?api-version=7.5&$skiptoken=" + to;
        Answers.json(exchange, 200, Json.text(Map.of("value", page, "nextLink", to < names.size() ? next : "")));
    }

    private static Map<String, Object> item(HttpExchange exchange, String name, Version version) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("enabled", version.enabled());
        version.dates().forEach((date, seconds) -> attributes.put(date, new Json.Numeral(seconds.toString())));
        attributes.put("recoveryLevel", "Recoverable+Purgeable");
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put(
                "id",
                "https://" + exchange.getRequestHeaders().getFirst("Host") + "/secrets/" + name + "/" + version.id());
        bundle.put("attributes", attributes);
        return bundle;
    }
}
