package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A collector of logs on a free port of this machine: the end of the socket appenders. */
final class Collector implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final Thread thread = new Thread(this::collect, "collector");

    Collector() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** All that was sent. To be called when the sender has ended, and so has its connection. */
    String collected() throws IOException, InterruptedException {
        // Behind the sender's connections in the queue: when this one is read, those are.
        try (Socket last = new Socket(server.getInetAddress(), port())) {
            last.shutdownOutput();
            last.getInputStream().read();
        }
        close();
        thread.join();
        return collected.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void collect() {
        while (true) {
            try (Socket connection = server.accept()) {
                connection.getInputStream().transferTo(collected);
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }
}
