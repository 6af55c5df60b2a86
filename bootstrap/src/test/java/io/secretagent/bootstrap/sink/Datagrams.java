package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPInputStream;

/** A collector of logs that come in datagrams, zipped or not: the end of the syslog appenders. */
final class Datagrams implements AutoCloseable {
    private static final int LARGEST = 0xffff;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final Thread thread = new Thread(this::collect, "datagrams");

    Datagrams() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** All that was sent, a line each. To be called when the sender has ended. */
    String collected() throws IOException, InterruptedException {
        // Behind the sender's in the queue: an empty one is the end.
        socket.send(new DatagramPacket(new byte[0], 0, socket.getLocalSocketAddress()));
        thread.join();
        return collected.toString(UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void collect() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            do {
                packet.setLength(LARGEST);
                socket.receive(packet);
                collected.write(plain(packet));
                collected.write('\n');
            } while (packet.getLength() > 0);
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static byte[] plain(DatagramPacket packet) throws IOException {
        ByteArrayInputStream data = new ByteArrayInputStream(packet.getData(), 0, packet.getLength());
        boolean zipped = packet.getLength() > 1 && packet.getData()[0] == 0x1f && packet.getData()[1] == (byte) 0x8b;
        return zipped ? new GZIPInputStream(data).readAllBytes() : data.readAllBytes();
    }
}
