package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of our own and what it signed, made with the JDK's keytool: a server's certificate for 127.0.0.1, one
 * for another host, and a client's. {@code stranger} is an authority that signed nothing.
 */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    public static TestCertificates create() {
        try {
            TestCertificates made = new TestCertificates(Files.createTempDirectory("certificates"));
            made.makeAll();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestCertificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("store.p12");
        deleteAtExit(folder);
    }

    public Path folder() {
        return folder;
    }

    public Path authority() {
        return folder.resolve("authority.pem");
    }

    public Path stranger() {
        return folder.resolve("stranger.pem");
    }

    public Path server() {
        return folder.resolve("server.pem");
    }

    public Path serverKey() {
        return folder.resolve("server.key");
    }

    public Path client() {
        return folder.resolve("client.pem");
    }

    public Path clientKey() {
        return folder.resolve("client.key");
    }

    /** The PKCS #12 file that all keys are in. */
    public Path store() {
        return store;
    }

    public String password() {
        return PASSWORD;
    }

    /** A context that trusts the authority. */
    public SSLContext trustingContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", load().getCertificate("authority"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A context for a server that has the certificate of this name. */
    public SSLContext serverContext(String alias) {
        try {
            KeyStore all = load();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    alias,
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM's options with which it trusts the authority. */
    public List<String> trustOptions() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static void deleteAtExit(Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(folder);
            } catch (IOException e) {
                System.err.println("could not delete " + folder);
            }
        }));
    }

    private void makeAll() throws IOException, InterruptedException, GeneralSecurityException {
        key("authority", "-ext", "bc:c=ca:true");
        key("stranger", "-ext", "bc:c=ca:true");
        key("server", "-ext", "san=ip:127.0.0.1", "-signer", "authority");
        key("elsewhere", "-ext", "san=dns:elsewhere.example", "-signer", "authority");
        key("client", "-ext", "eku=clientAuth", "-signer", "authority");
        KeyStore keys = load();
        for (String alias : List.of("authority", "stranger", "server", "client")) {
            Certificate[] chain = alias.equals("server") || alias.equals("client")
                    ? new Certificate[] {keys.getCertificate(alias)}
                    : keys.getCertificateChain(alias);
            StringBuilder text = new StringBuilder();
            for (Certificate certificate : chain) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Files.writeString(folder.resolve(alias + ".pem"), text);
            Files.writeString(
                    folder.resolve(alias + ".key"),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        }
    }

    private void key(String alias, String... options) throws IOException, InterruptedException {
        Provision.run(Stream.concat(
                        Stream.of(
                                Jdks.current().tool("keytool").toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "2",
                                "-alias",
                                alias,
                                "-dname",
                                "CN=" + alias),
                        Arrays.stream(options))
                .toList());
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
