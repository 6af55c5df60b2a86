package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands before a real server: passes requests on, notes what they are, forbids some, and can be shut. */
public final class HttpGate implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NOT_PASSED_ON.addAll(List.of("Host", "Content-Length", "Connection", "Transfer-Encoding", "Upgrade", "Expect"));
        NOT_PASSED_ON.addAll(List.of("HTTP2-Settings"));
    }

    private final HttpServer server;
    private final URI behind;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private volatile boolean shut;
    private volatile @Nullable Instead instead;

    private record Instead(int status, String json) {}

    /** Open, before this server. */
    public HttpGate(URI behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Breaks every connection from now on, as a server that has died behind a load balancer. */
    public void shut() {
        shut = true;
    }

    /** Passes requests on again. */
    public void open() {
        shut = false;
        instead = null;
    }

    /** Answers every request itself from now on, as a gateway whose server is gone. */
    public void answerInstead(int status, String json) {
        instead = new Instead(status, json);
    }

    /** Answers requests below this path as a Vault does whose policy denies them. */
    public void forbid(String path) {
        forbidden.add(path);
    }

    /** How many requests were of this kind: a method and a path, or the operation of an AWS request. */
    public long count(String kind) {
        return requests.stream().filter(kind::equals).count();
    }

    /** All of them, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            requests.add(
                    operation != null
                            ? operation.substring(operation.indexOf('.') + 1)
                            : exchange.getRequestMethod() + " "
                                    + exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (shut) {
                return;
            }
            if (forbidden.stream().anyMatch(exchange.getRequestURI().getPath()::startsWith)) {
                answer(exchange, new Instead(403, "{\"errors\":[\"permission denied\"]}"));
                return;
            }
            Instead own = instead;
            if (own != null) {
                answer(exchange, own);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            behind.resolve(exchange.getRequestURI().toString()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void answer(HttpExchange exchange, Instead own) throws IOException {
        byte[] body = own.json().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(own.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
