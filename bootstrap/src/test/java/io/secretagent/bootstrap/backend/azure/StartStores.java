package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The stores that {@code start.py} and {@code spring.py} in {@code src/comparison} measure against: OpenBao, moto, a
 * folder, and the stand-in for Azure Key Vault, each with ten secrets. Writes a mapping a backend, one of all of them and
 * what the environment needs into a folder, says {@code ready}, and ends with its standard input.
 */
final class StartStores {
    private static final String HOST = "start-keys.vault.azure.net";
    private static final int SECRETS = 10;

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Certificate certificate = Certificate.make(folder, "vault", HOST);
        OpenBaoServer bao = OpenBaoServer.dev();
        MotoServer moto = new MotoServer();
        bao.start();
        moto.start();
        try (LoginStandIn login = new LoginStandIn();
                VaultStandIn azure = new VaultStandIn(certificate, login)) {
            Map<String, String> values = values();
            fill(bao, values);
            fill(moto, values);
            Path store = Files.createDirectory(folder.resolve("store"));
            for (Map.Entry<String, String> value : values.entrySet()) {
                Files.writeString(store.resolve(value.getKey()), value.getValue());
                azure.put(
                        value.getKey(),
                        new VaultStandIn.Version("0123456789abcdef0123456789abcdef", value.getValue(), true, Map.of()));
            }
            Map<String, String> backends = new LinkedHashMap<>();
            backends.put("directory", "{type: directory, path: store}");
            backends.put("vault", "{type: vault, address: \"" + bao.address() + "\"}");
            backends.put(
                    "aws", "{type: aws-secrets-manager, region: us-east-1, endpoint: \"" + moto.endpoint() + "\"}");
            backends.put("azure", "{type: azure-key-vault, url: \"https://" + HOST + ":" + azure.port() + "\"}");
            write(folder, backends, values);
            Files.writeString(
                    folder.resolve("environment"),
                    Json.text(Map.of(
                            "VAULT_TOKEN",
                            bao.token(),
                            "AWS_ACCESS_KEY_ID",
                            "start-key",
                            "AWS_SECRET_ACCESS_KEY",
                            "start-secret-key",
                            "IDENTITY_ENDPOINT",
                            login.appServiceEndpoint(),
                            "IDENTITY_HEADER",
                            LoginStandIn.IDENTITY_HEADER)));
            Path hosts = Certificate.hostsFile(folder, HOST, "localhost");
            Files.writeString(
                    folder.resolve("options"),
                    String.join(
                            "\n",
                            "-Djavax.net.ssl.trustStore=" + certificate.keyStore(),
                            "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD,
                            "-Djdk.net.hosts.file=" + hosts));
            System.out.println("ready");
            System.in.readAllBytes();
        } finally {
            moto.stop();
            bao.stop();
        }
    }

    private static Map<String, String> values() {
        SecureRandom random = new SecureRandom();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i <= SECRETS; i++) {
            byte[] bytes = new byte[12];
            random.nextBytes(bytes);
            // Small: Spring Cloud Azure asks for names in small letters, which are all the same to a real vault alone.
            values.put("s" + i, "start-" + HexFormat.of().formatHex(bytes));
        }
        return values;
    }

    private static void fill(OpenBaoServer bao, Map<String, String> values) throws IOException, InterruptedException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            bao.call(
                    "POST",
                    "secret/data/" + value.getKey(),
                    Json.text(Map.of("data", Map.of("value", value.getValue()))));
        }
    }

    private static void fill(MotoServer moto, Map<String, String> values) {
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("start", "start")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            values.forEach((name, value) -> owner.createSecret(r -> r.name(name).secretString(value)));
        }
    }

    private static void write(Path folder, Map<String, String> backends, Map<String, String> values)
            throws IOException {
        StringBuilder allBackends = new StringBuilder("backends:\n");
        StringBuilder allSecrets = new StringBuilder("secrets:\n");
        for (Map.Entry<String, String> backend : backends.entrySet()) {
            String name = backend.getKey();
            String definition = "  " + name + ": " + backend.getValue() + "\n";
            StringBuilder secrets = new StringBuilder("  " + name + ":\n");
            for (String secret : values.keySet()) {
                String path = name.equals("vault") ? "secret/" + secret + "#value" : secret;
                secrets.append("    ")
                        .append(path)
                        .append(": ")
                        .append(name)
                        .append('.')
                        .append(secret)
                        .append('\n');
            }
            mapping(folder.resolve(name + ".yaml"), "backends:\n" + definition + "secrets:\n" + secrets);
            if (!name.equals("directory")) {
                allBackends.append(definition);
                allSecrets.append(secrets);
            }
        }
        String all = allBackends.toString() + allSecrets;
        mapping(folder.resolve("all.yaml"), all);
        mapping(folder.resolve("overlap.yaml"), "startup: overlap\n" + all);
    }

    private static void mapping(Path file, String text) throws IOException {
        Files.writeString(file, text, UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private StartStores() {}
}
