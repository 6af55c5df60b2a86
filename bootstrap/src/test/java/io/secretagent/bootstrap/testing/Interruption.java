package io.secretagent.bootstrap.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Stands in front of a real server, and interrupts whoever asks it at a request of choice. */
public final class Interruption implements AutoCloseable {
    /** What a client of java.net.http sets by itself. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "http2-settings", "transfer-encoding");

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final URI target;
    private final HttpServer server;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Step step = new Step(0, false, exchange -> false);

    /**
     * One request.
     *
     * @param number counted from 1
     * @param answered whether the server has done what it was asked for, and its answer is on the way
     */
    public record Step(int number, boolean answered, Event event) {}

    /** What happens there. */
    @FunctionalInterface
    public interface Event {
        /** Returns whether nothing more is to be done with the request. */
        boolean happens(HttpExchange exchange) throws Exception;
    }

    public Interruption(URI target) throws IOException {
        this(target, HttpServer.create(ANY_PORT, 0), HttpClient.newHttpClient());
    }

    /** The same by TLS: with the key of one, towards whom the other trusts. */
    public static Interruption ofTls(URI target, SSLContext key, SSLContext trust) throws IOException {
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(key));
        return new Interruption(
                target, server, HttpClient.newBuilder().sslContext(trust).build());
    }

    private Interruption(URI target, HttpServer server, HttpClient client) {
        this.target = target;
        this.server = server;
        this.client = client;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Counts anew, and interrupts there. */
    public void at(Step interrupted) {
        step = interrupted;
        requests.set(0);
    }

    /** How many there were since. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int number = requests.incrementAndGet();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (happens(number, false, exchange)) {
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            if (happens(number, true, exchange)) {
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CLIENT.contains(name)) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean happens(int number, boolean answered, HttpExchange exchange) throws IOException {
        try {
            return number == step.number()
                    && answered == step.answered()
                    && step.event().happens(exchange);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
