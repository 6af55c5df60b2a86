package io.secretagent.bootstrap.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way to a syslog server: a write is a message, or its frame. It connects when it has to, again after a failure, and
 * after one at most once in a while, so that who writes does not wait each time for a server that is not there.
 */
abstract class SyslogConnection extends OutputStream {
    private static final int CONNECT_MILLIS = 3_000;
    private static final long AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final String host;
    private final int port;
    private long failedAt = System.nanoTime() - AGAIN_NANOS;
    private @Nullable IOException failure;

    static SyslogConnection to(URI server) {
        return switch (server.getScheme()) {
            case "udp" -> new Datagrams(server, 514);
            case "tcp" -> new Stream(server, 601, false);
            default -> new Stream(server, 6514, true);
        };
    }

    private SyslogConnection(URI server, int port) {
        this.host = server.getHost();
        this.port = server.getPort() < 0 ? port : server.getPort();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        IOException last = failure;
        if (last != null && System.nanoTime() - failedAt < AGAIN_NANOS) {
            throw last;
        }
        try {
            send(bytes, offset, length);
            failure = null;
        } catch (UnknownHostException e) {
            throw failed(new IOException("there is no host " + host, e));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Connects first if there is no connection. */
    abstract void send(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public abstract void close();

    InetSocketAddress address() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(host.replaceAll("^\\[|]$", ""), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return address;
    }

    private IOException failed(IOException e) {
        close();
        failure = e;
        failedAt = System.nanoTime();
        return e;
    }

    private static final class Datagrams extends SyslogConnection {
        private @Nullable DatagramSocket socket;

        Datagrams(URI server, int port) {
            super(server, port);
        }

        @Override
        void send(byte[] bytes, int offset, int length) throws IOException {
            DatagramSocket open = socket;
            if (open == null) {
                open = new DatagramSocket();
                // So that the system tells when nobody listens there.
                open.connect(address());
                socket = open;
            }
            open.send(new DatagramPacket(bytes, offset, length));
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }

    private static final class Stream extends SyslogConnection {
        private final boolean secure;
        private @Nullable Socket socket;

        Stream(URI server, int port, boolean secure) {
            super(server, port);
            this.secure = secure;
        }

        @Override
        void send(byte[] bytes, int offset, int length) throws IOException {
            if (socket != null && !secure && hasEnded(socket)) {
                close();
            }
            if (socket == null) {
                socket = connected();
            }
            socket.getOutputStream().write(bytes, offset, length);
        }

        @Override
        public void close() {
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is gone already.
                    socket = null;
                }
                socket = null;
            }
        }

        private Socket connected() throws IOException {
            InetSocketAddress address = address();
            Socket plain = new Socket();
            try {
                plain.connect(address, CONNECT_MILLIS);
                plain.setTcpNoDelay(true);
                return secure ? secured(plain, address) : plain;
            } catch (IOException e) {
                plain.close();
                throw e;
            }
        }

        private static Socket secured(Socket plain, InetSocketAddress address) throws IOException {
            plain.setSoTimeout(CONNECT_MILLIS);
            SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                    .createSocket(plain, address.getHostString(), address.getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            // As in HTTPS: the certificate has to be the host's. The JDK does not look unless it is told.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        }

        /** Whether the server has closed it: what is written then seems to arrive, and does not. It sends nothing else. */
        private static boolean hasEnded(Socket open) throws IOException {
            open.setSoTimeout(1);
            try {
                return open.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
    }
}
