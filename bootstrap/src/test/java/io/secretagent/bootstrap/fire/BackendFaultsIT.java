package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.fire.FaultyServer.Fault;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a server can fail, at every backend that has one: the application does not start, within the time
 * that the mapping gives, with the exit code and the line of the table in {@code faults.txt}, or one of them where that
 * depends on when the time was over; and no text of the server's
 * is in anything that was written, also with the stack traces on.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class BackendFaultsIT {
    private static final String CANARY = "canary-0d71f3aa";
    private static final Forms FORMS = new Forms(CANARY);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** The JVMs, the helper's grace, and a machine that is busy. */
    private static final Duration BEYOND = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    /** What is asked of the server, and how it is found. */
    enum Backend {
        VAULT("{type: vault, address: \"http://127.0.0.1:%d\"}", "secret/app#password"),
        AWS("{type: aws-secrets-manager, region: us-east-1, endpoint: \"http://127.0.0.1:%d\"}", "app"),
        AZURE(
                "{type: azure-key-vault, url: \"https://127.0.0.1:%1$d\", challenge-resource-verification: false,"
                        + " authority: \"https://127.0.0.1:%1$d\"}",
                "app");

        final String settings;
        final String secret;

        Backend(String settings, String secret) {
            this.settings = settings;
            this.secret = secret;
        }
    }

    static Map<String, String> environment(Backend backend) {
        return switch (backend) {
            case VAULT -> Map.of("VAULT_TOKEN", CANARY + "-token");
            case AWS ->
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "AKIA" + CANARY,
                        "AWS_SECRET_ACCESS_KEY",
                        CANARY + "-key",
                        "AWS_EC2_METADATA_DISABLED",
                        "true");
            case AZURE ->
                Map.of(
                        "AZURE_TENANT_ID",
                        "6f0f5d2e-0000-4000-8000-3d1f5a3b9c10",
                        "AZURE_CLIENT_ID",
                        "0c0ffee0-0000-4000-8000-1d2e3f4a5b6c",
                        "AZURE_CLIENT_SECRET",
                        CANARY + "-client-secret");
        };
    }

    @ParameterizedTest
    @EnumSource
    void isToldInALine(Backend backend) throws Exception {
        TestCertificates certificates = backend == Backend.AZURE ? TestCertificates.create() : null;
        Map<Fault, Callable<String>> rows = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            rows.put(fault, () -> row(backend, fault, certificates));
        }
        FaultTable.assertRows(FaultTable.of(backend.name()), rows);
    }

    private String row(Backend backend, Fault fault, @Nullable TestCertificates certificates) throws Exception {
        try (FaultyServer server =
                FaultyServer.start(fault, CANARY, certificates == null ? null : certificates.serverContext("server"))) {
            Path mapping = mapping(backend, fault, server.port());
            ChildJvm child = ChildJvm.on(Jdks.current()).agent(mapping).environment("SECRET_AGENT_DEBUG", "1");
            environment(backend).forEach(child::environment);
            if (certificates != null) {
                certificates.trustOptions().forEach(child::option);
            }
            long start = System.nanoTime();
            ChildJvm.Result result = child.run(ShowSecrets.class, "the.property");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plus(BEYOND));
            assertThat(result.out()).as("main ran").isEmpty();
            assertThat(FORMS.areIn(result.err().getBytes(UTF_8)))
                    .as(result.err())
                    .isFalse();
            List<String> lines = FaultTable.told(result.err()).stream()
                    .map(line -> line.replace(
                                    "secret-agent: " + mapping + ":7:5: secret " + backend.secret
                                            + " (backend store): ",
                                    "")
                            .replace(Integer.toString(server.port()), "PORT"))
                    .toList();
            return result.exit() + " " + String.join(" | ", lines);
        }
    }

    private Path mapping(Backend backend, Fault fault, int port) throws IOException {
        return Files.writeString(
                folder.resolve(fault + ".yaml"),
                "timeout: " + TIMEOUT.toSeconds() + "s\nguards: {all: off}\nbackends:\n  store: "
                        + backend.settings.formatted(port) + "\nsecrets:\n  store:\n    \"" + backend.secret
                        + "\": the.property\n");
    }
}
