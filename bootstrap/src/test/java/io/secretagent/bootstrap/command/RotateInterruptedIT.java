package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Interruption;
import io.secretagent.bootstrap.testing.Interruption.Event;
import io.secretagent.bootstrap.testing.Interruption.Step;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** A rotation that is killed, ended, refused, cut off or overtaken at each of its requests, and what is stored then. */
@Timeout(900)
class RotateInterruptedIT {
    private static final String OLD = "canary-old-71c0d2ea";
    private static final String NEW = "canary-new-19e4b7f3";
    private static final String THEIRS = "canary-theirs-5d20";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @TempDir
    private Path folder;

    private @Nullable Process running;

    /** A store, asked by a client of its own. */
    private interface Store {
        void put(String key) throws Exception;

        /** Makes it anew, with the old value. */
        default void begin() throws Exception {
            put(OLD);
        }

        /** Key and value, of the current version or of the one before. */
        String read(boolean previous) throws Exception;

        boolean hasPrevious();
    }

    @Test
    void inAVaultOfVersion2() throws Exception {
        BAO.call("POST", "sys/mounts/two", "{\"type\": \"kv\", \"options\": {\"version\": \"2\"}}");
        try (Interruption between = new Interruption(BAO.address())) {
            mapping("{type: vault, address: \"" + between.address() + "\"}", "two/db#KEY");
            interrupt(between, "two/db#KEY", new Store() {
                @Override
                public void put(String key) throws Exception {
                    BAO.call("POST", "two/data/db", "{\"data\": {\"KEY\": \"" + key + "\", \"OTHER\": \"kept\"}}");
                }

                @Override
                public String read(boolean previous) throws Exception {
                    Object answer = BAO.call("GET", "two/data/db", null);
                    if (previous) {
                        int version =
                                Integer.parseInt(((Json.Numeral) in(answer, "data", "metadata", "version")).text());
                        answer = BAO.call("GET", "two/data/db?version=" + (version - 1), null);
                    }
                    return Json.text(in(answer, "data", "data"));
                }

                @Override
                public boolean hasPrevious() {
                    return true;
                }
            });
        }
    }

    @Test
    void inAVaultOfVersion1() throws Exception {
        BAO.call("POST", "sys/mounts/one", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        try (Interruption between = new Interruption(BAO.address())) {
            mapping("{type: vault, address: \"" + between.address() + "\"}", "one/db#KEY");
            interrupt(between, "one/db#KEY", new Store() {
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
            mapping(
                    "{type: aws-secrets-manager, region: us-east-1, endpoint: \"" + between.address() + "\"}",
                    "db#KEY");
            interrupt(between, "db#KEY", new Store() {
                @Override
                public void put(String key) {
                    owner.putSecretValue(r -> r.secretId("db").secretString(text(key)));
                }

                /** moto's stages are not those of AWS after some writes. */
                @Override
                public void begin() {
                    try {
                        owner.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
                    } catch (ResourceNotFoundException e) {
                        // The first time.
                    }
                    owner.createSecret(r -> r.name("db").secretString(text(OLD)));
                }

                private String text(String key) {
                    return "{\"KEY\":\"" + key + "\",\"OTHER\":\"kept\"}";
                }

                @Override
                public String read(boolean previous) {
                    return owner.getSecretValue(
                                    r -> r.secretId("db").versionStage(previous ? "AWSPREVIOUS" : "AWSCURRENT"))
                            .secretString();
                }

                @Override
                public boolean hasPrevious() {
                    return true;
                }
            });
        }
    }

    /** There are no requests to be killed at, so it is at any moment; whole files are there at each. */
    @Test
    void inAFolder() throws Exception {
        Path store = Files.createDirectory(folder.resolve("files"));
        Path file = store.resolve("KEY");
        mapping("{type: directory, path: files}", "KEY");
        for (int round = 0; round < 12; round++) {
            Files.writeString(file, OLD);
            Process process = start("KEY");
            process.waitFor(250 + round * 50L, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            assertThat(Files.readString(file)).isIn(OLD, NEW);
            if (Files.readString(file).equals(NEW)) {
                assertThat(Files.readString(store.resolve("KEY.previous"))).isEqualTo(OLD);
            }
        }
        Files.writeString(file, OLD);
        assertThat(rotate("KEY").exit()).isZero();
        try (var files = Files.list(store)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("KEY", "KEY.previous");
        }
    }

    private void interrupt(Interruption between, String name, Store store) throws Exception {
        between.at(new Step(0, false, exchange -> false));
        store.begin();
        assertThat(rotate(name)).isEqualTo(new Wrapped.Result(0, "rotated", ""));
        int requests = between.requests();
        assertThat(requests).isGreaterThan(2);
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("killed", exchange -> ended(true));
        events.put("ended", exchange -> ended(false));
        events.put("refused", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            return true;
        });
        events.put("cut off", exchange -> true);
        events.put("overtaken", exchange -> {
            store.put(THEIRS);
            return false;
        });
        for (Map.Entry<String, Event> event : events.entrySet()) {
            for (int number = 1; number <= requests; number++) {
                // For who is gone, before a request is as after the one before.
                boolean gone = event.getKey().equals("killed") || event.getKey().equals("ended");
                boolean[] moments = gone ? new boolean[] {true} : new boolean[] {false, true};
                for (boolean answered : moments) {
                    store.begin();
                    between.at(new Step(number, answered, event.getValue()));
                    Wrapped.Result result = rotate(name);
                    String when = event.getKey() + (answered ? " after" : " before") + " request " + number + " of "
                            + requests + ": " + result;
                    check(when, event.getKey(), result, store);
                }
            }
        }
        between.at(new Step(0, false, exchange -> false));
        store.begin();
        assertThat(rotate(name).exit()).isZero();
    }

    private static Object in(Object document, String... keys) {
        Object found = document;
        for (String key : keys) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key));
        }
        return found;
    }

    private static void check(String when, String event, Wrapped.Result result, Store store) throws Exception {
        String current = store.read(false);
        // Another key is never lost.
        assertThat(current).as(when).contains("\"OTHER\":\"kept\"");
        if (current.contains("\"KEY\":\"" + NEW + "\"")) {
            // What was before is beside it, and where the store has versions, the one before.
            assertThat(current).as(when).containsAnyOf("\"KEY_OLD\":\"" + OLD + "\"", "\"KEY_OLD\":\"" + THEIRS + "\"");
            if (store.hasPrevious()) {
                assertThat(store.read(true))
                        .as(when)
                        .containsAnyOf("\"KEY\":\"" + OLD + "\"", "\"KEY\":\"" + THEIRS + "\"");
            }
        } else {
            assertThat(current).as(when).containsAnyOf("\"KEY\":\"" + OLD + "\"", "\"KEY\":\"" + THEIRS + "\"");
        }
        if (event.equals("killed")) {
            assertThat(result.exit()).as(when).isEqualTo(137);
            assertThat(result.err()).as(when).isEmpty();
        } else if (event.equals("ended") && result.exit() == 143) {
            // Before the first look there is nothing to be said.
            if (result.err().contains("nothing was stored")) {
                assertThat(current).as(when).doesNotContain("\"KEY\":\"" + NEW);
            }
            assertThat(result.err().lines().count()).as(when).isLessThan(2);
        } else if (result.exit() == 0) {
            assertThat(current).as(when).contains("\"KEY\":\"" + (event.equals("overtaken") ? "canary" : NEW));
        } else {
            assertThat(result.err()).as(when).hasLineCount(1);
            if (result.err().contains("still in place")) {
                assertThat(current).as(when).contains("\"KEY\":\"" + OLD + "\"");
            }
            if (event.equals("overtaken")) {
                assertThat(result.exit()).as(when).isEqualTo(75);
                assertThat(current).as(when).contains("\"KEY\":\"" + THEIRS + "\"");
            }
        }
    }

    private boolean ended(boolean forcibly) throws InterruptedException {
        Process process = running;
        if (process != null) {
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            process.waitFor();
        }
        return true;
    }

    private Wrapped.Result rotate(String name) throws IOException, InterruptedException {
        Process process = start(name);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        String told = Files.readString(out) + Files.readString(err);
        assertThat(told).doesNotContain("canary");
        return new Wrapped.Result(process.exitValue(), Files.readString(out).split(" ", 2)[0], Files.readString(err));
    }

    private Process start(String name) throws IOException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        ChildJvm.distribution().resolve("bin/secret-agent").toString(), "rotate", "--stdin", name)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "VAULT_TOKEN",
                        BAO.token(),
                        "AWS_ACCESS_KEY_ID",
                        "AKIAAPP",
                        "AWS_SECRET_ACCESS_KEY",
                        "canary-access-key",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        Process process = builder.start();
        running = process;
        try (var stdin = process.getOutputStream()) {
            stdin.write((NEW + "\n").getBytes(UTF_8));
        }
        return process;
    }

    private void mapping(String backend, String secret) throws IOException {
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "timeout: 5s\nbackends:\n  store: " + backend + "\nsecrets:\n  store:\n    " + secret + ": key\n");
    }
}
