package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sends a secret to itself by TLS, without a certificate. */
public final class SpeaksTls {
    private static final String[] ANONYMOUS = {"TLS_DH_anon_WITH_AES_128_GCM_SHA256"};
    private static final String[] PROTOCOL = {"TLSv1.2"};

    public static void main(String[] none) throws Exception {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        byte[] sent = ("Authorization: Bearer " + System.getProperty("canary") + " and more").getBytes(UTF_8);
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket server =
                (SSLServerSocket) SSLServerSocketFactory.getDefault().createServerSocket(0, 1, here)) {
            server.setEnabledProtocols(PROTOCOL);
            server.setEnabledCipherSuites(ANONYMOUS);
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> received(server));
            try (SSLSocket client =
                    (SSLSocket) SSLSocketFactory.getDefault().createSocket(here, server.getLocalPort())) {
                client.setEnabledProtocols(PROTOCOL);
                client.setEnabledCipherSuites(ANONYMOUS);
                OutputStream out = client.getOutputStream();
                out.write(sent);
                out.flush();
            }
            System.out.println("received " + Arrays.equals(received.get(), sent));
        }
    }

    private static byte[] received(SSLServerSocket server) {
        try (SSLSocket connection = (SSLSocket) server.accept()) {
            return connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpeaksTls() {}
}
