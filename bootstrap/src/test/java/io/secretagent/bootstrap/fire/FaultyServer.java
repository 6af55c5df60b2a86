package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in, of the project's own, for a backend in the worst of states: it answers whatever it is asked with one fault,
 * and with a canary in everything that it says. It knows no backend's protocol and checks nothing.
 */
final class FaultyServer implements AutoCloseable {
    private static final int HUGE = 1 << 30;
    private static final int CHUNK = 64 << 10;
    /** Deeper than a stack, for a client that reads on in a recursion. */
    private static final int CONTINUED = 100_000;

    private static final long DRIP_MILLIS = 50;

    private final Fault fault;
    private final String canary;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is wrong with it. */
    enum Fault {
        REFUSES,
        RESETS,
        RESETS_MID_BODY,
        DRIPS,
        SAYS_NOTHING,
        CLOSES_ITS_HALF,
        TRUNCATES_JSON,
        HAS_ANOTHER_JSON_TYPE,
        HAS_OTHER_JSON,
        HAS_A_LOGIN_PAGE,
        REDIRECTS,
        HAS_A_HUGE_BODY,
        NO_HTTP,
        HAS_NO_LENGTH,
        SAYS_CONTINUE_FOR_EVER,
        CHALLENGES_OTHERWISE,
        ROUTES_NOWHERE,
        STATUS_401,
        STATUS_403,
        STATUS_404,
        STATUS_409,
        STATUS_429,
        STATUS_500,
        STATUS_503
    }

    /** Listens on loopback, with TLS if there is a context for it. */
    static FaultyServer start(Fault fault, String canary, @Nullable SSLContext tls) throws IOException {
        ServerSocket socket = tls == null
                ? new ServerSocket(0, 50, InetAddress.getLoopbackAddress())
                : tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultyServer started = new FaultyServer(fault, canary, socket);
        if (fault == Fault.REFUSES) {
            socket.close();
        } else {
            started.thread(started::accept);
        }
        return started;
    }

    private FaultyServer(Fault fault, String canary, ServerSocket server) {
        this.fault = fault;
        this.canary = canary;
        this.server = server;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void thread(Runnable work) {
        Thread thread = new Thread(work, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                thread(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            while (readRequest(socket.getInputStream())) {
                answer(socket);
            }
        } catch (IOException | InterruptedException e) {
            // The other side has had enough.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Socket socket) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        String json =
                "{\"errors\":[\"" + canary + "\"],\"message\":\"" + canary + "\",\"data\":{\"data\":{\"password\":\""
                        + canary + "\"}},\"SecretString\":\"" + canary + "\",\"value\":\"" + canary + "\"}";
        switch (fault) {
            case REFUSES -> throw new IllegalStateException();
            case RESETS -> reset(socket);
            case RESETS_MID_BODY -> {
                write(out, head("200 OK", "application/json", json.length()) + json.substring(0, json.length() / 2));
                reset(socket);
            }
            case DRIPS -> {
                for (byte b : (head("200 OK", "application/json", HUGE) + json).getBytes(US_ASCII)) {
                    out.write(b);
                    out.flush();
                    Thread.sleep(DRIP_MILLIS);
                }
            }
            case SAYS_NOTHING -> Thread.sleep(Long.MAX_VALUE);
            case CLOSES_ITS_HALF -> socket.shutdownOutput();
            case TRUNCATES_JSON -> {
                String half = json.substring(0, json.length() / 2);
                write(out, head("200 OK", "application/json", half.length()) + half);
            }
            case HAS_ANOTHER_JSON_TYPE -> {
                String list = "[\"" + canary + "\",1,{\"data\":\"" + canary + "\"}]";
                write(out, head("200 OK", "application/json", list.length()) + list);
            }
            case HAS_OTHER_JSON -> {
                String other = "{\"status\":\"ok\",\"detail\":\"" + canary + "\"}";
                write(out, head("200 OK", "application/json", other.length()) + other);
            }
            case HAS_A_LOGIN_PAGE -> page(out, "200 OK", "");
            case REDIRECTS -> page(out, "302 Found", "Location: http://127.0.0.1:1/" + canary + "\r\n");
            case HAS_A_HUGE_BODY -> {
                write(out, head("200 OK", "application/json", HUGE) + "{\"a\":\"" + canary);
                byte[] chunk = new byte[CHUNK];
                Arrays.fill(chunk, (byte) 'a');
                for (long sent = 0; sent < HUGE; sent += CHUNK) {
                    out.write(chunk);
                }
            }
            case NO_HTTP -> write(out, canary + " SSH-2.0\r\n\r\n");
            case HAS_NO_LENGTH -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + canary + "\r\n\r\n<html>" + canary + "</html>");
                socket.shutdownOutput();
            }
            case SAYS_CONTINUE_FOR_EVER -> {
                for (int i = 0; i < CONTINUED; i++) {
                    write(out, "HTTP/1.1 100 Continue\r\n\r\n");
                }
                socket.shutdownOutput();
            }
            case CHALLENGES_OTHERWISE ->
                page(out, "401 Unauthorized", "WWW-Authenticate: Bearer realm=\"" + canary + "\", scope=\"api\"\r\n");
            case ROUTES_NOWHERE -> {
                String other = "{\"message\":\"no Route matched\",\"request_id\":\"" + canary + "\"}";
                write(out, head("404 Not Found", "application/json", other.length()) + other);
            }
            default -> {
                String status = fault.name().substring("STATUS_".length());
                write(out, head(status + " " + canary, "application/json", json.length()) + json);
            }
        }
    }

    private void page(OutputStream out, String status, String header) throws IOException {
        String page = "<html><title>Sign in</title>" + canary + "</html>";
        write(out, head(status, "text/html", page.length()).replace("\r\n\r\n", "\r\n" + header + "\r\n") + page);
    }

    private String head(String status, String type, int length) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\nX-Request-Id: " + canary + "\r\nServer: " + canary + "\r\n\r\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
        out.flush();
    }

    /** With lingering of no time a close sends a reset. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The head of a request and its body; false at the end. */
    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return false;
            }
            head.append((char) read);
        }
        for (String line : head.toString().split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
            }
        }
        return true;
    }
}
