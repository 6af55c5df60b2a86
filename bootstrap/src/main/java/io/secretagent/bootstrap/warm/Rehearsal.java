package io.secretagent.bootstrap.warm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A fetch from all four backends as an application's start makes it, of dummy values: {@linkplain Stores stores}, a
 * mapping on them, and what a process must be started with to find its way there. It leaves a folder of the caller's.
 */
public final class Rehearsal implements AutoCloseable {
    private static final String STORE_PASSWORD = "rehearsal";
    private static final long KEYTOOL_SECONDS = 60;

    private final Path folder;
    private final Stores stores;

    /**
     * Prepares it.
     *
     * @param folder an empty one that only this user can enter
     * @param java makes a certificate, by its keytool, which images leave out as a command and not as classes
     */
    public static Rehearsal prepare(Path folder, Path java)
            throws IOException, GeneralSecurityException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(folder, certify(folder, java));
        rehearsal.write();
        return rehearsal;
    }

    private Rehearsal(Path folder, SSLContext tls) throws IOException {
        this.folder = folder;
        this.stores = new Stores(tls);
    }

    /** The mapping to fetch. */
    public Path mapping() {
        return folder.resolve("secrets.yaml");
    }

    /** What the process trusts. */
    public List<String> options() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve("server.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD,
                "-Duser.home=" + folder);
    }

    /** The whole environment of the process: nobody's credentials but the rehearsal's are there to be tried. */
    public Map<String, String> environment() {
        return Map.of(
                "HOME",
                folder.toString(),
                "PATH",
                folder.toString(),
                "IDENTITY_ENDPOINT",
                stores.metadataAddress() + "/msi/token",
                "IDENTITY_HEADER",
                Stores.VALUE,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                stores.metadataAddress() + "/aws",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                Stores.VALUE,
                "AWS_CONFIG_FILE",
                folder.resolve("aws-config").toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_ENDPOINT_URL_STS",
                stores.address());
    }

    @Override
    public void close() {
        stores.close();
    }

    private void write() throws IOException {
        Files.createDirectory(folder.resolve("store"));
        write("store/file", Stores.VALUE);
        write("store/file.env", "PASSWORD=" + Stores.VALUE + "\n");
        write("token", Stores.VALUE);
        write("aws-config", """
                [profile pod]
                region = us-east-1
                role_arn = arn:aws:iam::000000000000:role/rehearsal
                role_session_name = rehearsal
                web_identity_token_file = %s
                """.formatted(folder.resolve("token")));
        write("secrets.yaml", """
                backends:
                  azure: {type: azure-key-vault, url: "ADDRESS", challenge-resource-verification: false}
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "ADDRESS"}
                  pod: {type: aws-secrets-manager, endpoint: "ADDRESS", profile: pod}
                  vault: {type: vault, address: "ADDRESS", auth: {method: kubernetes, role: r, jwt-file: token}}
                  files: {type: directory, path: store}
                secrets:
                  azure:
                    REHEARSAL#password: azure.password
                    REHEARSAL#/user: azure.user
                  aws:
                    rehearsal#*: aws.all.*
                    rehearsal:
                      property: aws.url
                      template: "jdbc:postgresql://{user}"
                  pod:
                    rehearsal#password: {property: pod.password, stage: AWSCURRENT}
                  vault:
                    secret/rehearsal#password: {property: vault.password, env: VAULT_PASSWORD}
                  files:
                    file: file.password
                    file.env#PASSWORD: file.env.password
                    no-such-file: {property: file.optional, required: false}
                guards: {all: off}
                """.replace("ADDRESS", stores.address()));
    }

    /** Not writable by a group, whatever the umask: such a mapping is not taken. */
    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text, UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static SSLContext certify(Path folder, Path java)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("server.p12");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-m",
                        "java.base/sun.security.tools.keytool.Main",
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=rehearsal",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(java + " made no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
