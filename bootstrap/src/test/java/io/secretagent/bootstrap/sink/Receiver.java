package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The other end of an appender that sends in the background, and drops what it has not sent when it is stopped. It is in
 * the application, which so can wait for the last message before it stops the framework.
 */
final class Receiver {
    /** What is logged last: when it begins to come, all before it has. */
    static final String LAST = "the end";

    private static final long LIMIT_SECONDS = 30;
    private static final long AGAIN_MILLIS = 10;
    /** Of a stream of objects, which is the greeting. */
    private static final int STREAM_HEADER = 4;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread;

    private Receiver(Connection connection) {
        thread = new Thread(() -> receive(connection), "receiver");
        thread.setDaemon(true);
    }

    /** Of an appender that connects to the port in this property. */
    static Receiver accepting(String property) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        System.setProperty(property, Integer.toString(server.getLocalPort()));
        Receiver receiver = new Receiver(server::accept);
        receiver.thread.start();
        return receiver;
    }

    /** Of an appender that serves a port. Returns when it has greeted: what is logged from now on is sent. */
    static Receiver connecting(int port) throws IOException, InterruptedException {
        Socket socket = connected(port);
        int greeting = socket.getInputStream().read();
        Receiver receiver = new Receiver(() -> socket);
        receiver.received.write(greeting);
        receiver.thread.start();
        return receiver;
    }

    /** Logs until something comes: the appender may send to a connection only some time after it has greeted. */
    void awaitEvent(Runnable log) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        synchronized (received) {
            while (received.size() <= STREAM_HEADER && System.nanoTime() < end) {
                log.run();
                received.wait(AGAIN_MILLIS);
            }
        }
    }

    /** When the last message has come. */
    void writeTo(Path file) throws IOException, InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        synchronized (received) {
            Files.write(file, received.toByteArray());
        }
    }

    /** An appender may begin to serve some time after it was configured. */
    private static Socket connected(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        }
    }

    private void receive(Connection connection) {
        byte[] buffer = new byte[8192];
        try (Socket socket = connection.open()) {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0 && !add(buffer, n); n = in.read(buffer)) {
                // until the last
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean add(byte[] bytes, int length) {
        synchronized (received) {
            received.write(bytes, 0, length);
            received.notifyAll();
            return received.toString(ISO_8859_1).contains(LAST);
        }
    }

    private interface Connection {
        Socket open() throws IOException;
    }
}
