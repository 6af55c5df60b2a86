package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate made for one run of the tests.
 *
 * @param keyStore PKCS #12 with the key; it serves as trust store too
 */
record Certificate(Path keyStore) {
    static final String PASSWORD = "stand-in";

    static Certificate make(Path folder, String name, String... hosts) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Provision.run(List.of(
                Jdks.current().tool("keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + hosts[0],
                "-ext",
                "SAN=dns:" + String.join(",dns:", hosts),
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        return new Certificate(store);
    }

    /** A file for {@code -Djdk.net.hosts.file} that has these hosts on the loopback interface, and no others. */
    static Path hostsFile(Path folder, String... hosts) throws IOException {
        return Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + String.join(" ", hosts) + "\n", UTF_8);
    }

    /** For a server that has the key, and for a client that trusts no other. */
    SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
