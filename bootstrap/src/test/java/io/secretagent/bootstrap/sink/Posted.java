package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A stand-in for services that are posted to: it takes everything, and keeps it unpacked. */
final class Posted implements AutoCloseable {
    /** What Elastic's agent and Datadog's ask for before they send anything. */
    private static final byte[] ANSWER = "{\"version\": \"8.11.0\", \"endpoints\": [\"/v0.4/traces\"]}".getBytes(UTF_8);

    /** Answers when an exception has been posted: for a JVM that would else end before its agent sends anything. */
    static final String ARRIVED = "/arrived";

    private static final long LIMIT_MILLIS = 60_000;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();

    Posted() throws IOException {
        server.createContext("/", this::keep);
        server.createContext(ARRIVED, this::await);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All of them, of whichever encoding. */
    String bodies() {
        synchronized (bodies) {
            return bodies.toString(ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void await(HttpExchange exchange) throws IOException {
        long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        synchronized (bodies) {
            while (!bodies().contains("exception-") && System.nanoTime() < end) {
                try {
                    bodies.wait(LIMIT_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break; // the test is over
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void keep(HttpExchange exchange) throws IOException {
        byte[] body = unpacked(exchange).readAllBytes();
        synchronized (bodies) {
            bodies.writeBytes(body);
            bodies.notifyAll();
        }
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }

    private static InputStream unpacked(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if ("gzip".equals(encoding)) {
            return new GZIPInputStream(body);
        }
        return "deflate".equals(encoding) ? new InflaterInputStream(body) : body;
    }
}
