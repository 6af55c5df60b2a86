package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom the client trusts and as whom it comes. */
final class Tls {

    /** A context of our own: the JVM's default one is everybody's. */
    static SSLContext context(BackendSettings.Vault settings) throws BackendException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyManagers(settings.clientCertificate(), settings.clientKey()),
                    trustManagers(settings.ca()),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new BackendException(
                    new Failure(
                            Failure.Kind.INVALID,
                            "the TLS settings cannot be used (" + e.getClass().getSimpleName() + ")",
                            "check ca:, client-certificate: and client-key:"),
                    e);
        }
    }

    /** Trusts nobody, for what uses no TLS. */
    static SSLContext nobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    private static TrustManager @Nullable [] trustManagers(@Nullable Path ca)
            throws BackendException, GeneralSecurityException, IOException {
        if (ca == null) {
            return null;
        }
        KeyStore trusted = empty();
        int count = 0;
        for (Path file : files(ca)) {
            for (X509Certificate certificate : Pem.read("ca", file).certificates()) {
                trusted.setCertificateEntry("ca" + count++, certificate);
            }
        }
        if (count == 0) {
            throw Pem.unusable("ca", ca, "has no certificate in PEM form");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keyManagers(@Nullable Path certificate, @Nullable Path key)
            throws BackendException, GeneralSecurityException, IOException {
        if (certificate == null) {
            return null;
        }
        List<X509Certificate> chain =
                Pem.read("client-certificate", certificate).certificates();
        if (chain.isEmpty()) {
            throw Pem.unusable("client-certificate", certificate, "has no certificate in PEM form");
        }
        // One file may hold both.
        Path keyFile = key == null ? certificate : key;
        KeyStore own = empty();
        own.setKeyEntry(
                "client",
                Pem.read("client-key", keyFile).privateKey(chain.get(0).getPublicKey()),
                new char[0],
                chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, new char[0]);
        return factory.getKeyManagers();
    }

    private static List<Path> files(Path ca) throws BackendException {
        if (!Files.isDirectory(ca)) {
            return List.of(ca);
        }
        try (Stream<Path> entries = Files.list(ca)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw Pem.unusable("ca", ca, "cannot be read");
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Tls() {}
}
