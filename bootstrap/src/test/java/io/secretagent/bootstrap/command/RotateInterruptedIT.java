package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.InterruptedChange;
import io.secretagent.bootstrap.testing.Interruption;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** {@link InterruptedChange} at Vault's two versions and at AWS. */
@Timeout(900)
class RotateInterruptedIT {
    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    @Test
    void inAVaultOfVersion2() throws Exception {
        BAO.call("POST", "sys/mounts/two", "{\"type\": \"kv\", \"options\": {\"version\": \"2\"}}");
        InterruptedChange.Stored stored = new InterruptedChange.Stored() {
            @Override
            public void put(String key) throws Exception {
                BAO.call("POST", "two/data/db", "{\"data\": {\"KEY\": \"" + key + "\", \"OTHER\": \"kept\"}}");
            }

            @Override
            public String read(boolean previous) throws Exception {
                Object answer = BAO.call("GET", "two/data/db", null);
                if (previous) {
                    int version = Integer.parseInt(((Json.Numeral) in(answer, "data", "metadata", "version")).text());
                    answer = BAO.call("GET", "two/data/db?version=" + (version - 1), null);
                }
                return Json.text(in(answer, "data", "data"));
            }

            @Override
            public boolean hasPrevious() {
                return true;
            }
        };
        try (Interruption between = new Interruption(BAO.address())) {
            InterruptedChange change = change("{type: vault, address: \"" + between.address() + "\"}", "two/db#KEY");
            change.rotated(between, stored);
            change.rolledBack(between, stored);
        }
    }

    @Test
    void inAVaultOfVersion1() throws Exception {
        BAO.call("POST", "sys/mounts/one", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        try (Interruption between = new Interruption(BAO.address())) {
            change("{type: vault, address: \"" + between.address() + "\"}", "one/db#KEY")
                    .rotated(between, new InterruptedChange.Stored() {
                        @Override
                        public void put(String key) throws Exception {
                            BAO.call("POST", "one/db", "{\"KEY\": \"" + key + "\", \"OTHER\": \"kept\"}");
                        }

                        @Override
                        public String read(boolean previous) throws Exception {
                            return Json.text(in(BAO.call("GET", "one/db", null), "data"));
                        }

                        @Override
                        public boolean hasPrevious() {
                            return false;
                        }
                    });
        }
    }

    @Test
    void inAws() throws Exception {
        try (Interruption between = new Interruption(MOTO.endpoint());
                SecretsManagerClient owner = SecretsManagerClient.builder()
                        .endpointOverride(MOTO.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            InterruptedChange change = change(
                    "{type: aws-secrets-manager, region: us-east-1, endpoint: \"" + between.address() + "\"}",
                    "db#KEY");
            InterruptedChange.Stored stored = new InAws(owner);
            change.rotated(between, stored);
            change.rolledBack(between, stored);
        }
    }

    private record InAws(SecretsManagerClient owner) implements InterruptedChange.Stored {
        @Override
        public void put(String key) {
            owner.putSecretValue(r -> r.secretId("db").secretString(text(key)));
        }

        /** moto's stages are not those of AWS after some writes. */
        @Override
        public void begin(String key) {
            try {
                owner.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
            } catch (ResourceNotFoundException e) {
                // The first time.
            }
            owner.createSecret(r -> r.name("db").secretString(text(key)));
        }

        @Override
        public String read(boolean previous) {
            return owner.getSecretValue(r -> r.secretId("db").versionStage(previous ? "AWSPREVIOUS" : "AWSCURRENT"))
                    .secretString();
        }

        @Override
        public boolean hasPrevious() {
            return true;
        }

        private static String text(String key) {
            return "{\"KEY\":\"" + key + "\",\"OTHER\":\"kept\"}";
        }
    }

    private static Object in(Object document, String... keys) {
        Object found = document;
        for (String key : keys) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key));
        }
        return found;
    }

    private InterruptedChange change(String backend, String name) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "timeout: 5s\nbackends:\n  store: " + backend + "\nsecrets:\n  store:\n    " + name + ": key\n");
        ProcessBuilder launcher = new ProcessBuilder(
                ChildJvm.distribution().resolve("bin/secret-agent").toString());
        launcher.environment()
                .putAll(Map.of(
                        "VAULT_TOKEN",
                        BAO.token(),
                        "AWS_ACCESS_KEY_ID",
                        "AKIAAPP",
                        "AWS_SECRET_ACCESS_KEY",
                        "canary-access-key",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        return new InterruptedChange(folder, launcher, name);
    }
}
