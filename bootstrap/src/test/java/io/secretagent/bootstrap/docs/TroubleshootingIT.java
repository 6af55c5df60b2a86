package io.secretagent.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line that {@code docs/troubleshooting.md} quotes is one that an application's start prints. */
class TroubleshootingIT {
    private static final String MOUNTED =
            "backends: {mounted: {type: directory, path: store}}\nsecrets:\n  mounted:\n    ";

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("SHORT"), "abc");
        Files.writeString(store.resolve("GOOD"), "canary-4d77-of-the-page");
    }

    @Test
    void quotesWhatIsPrinted() throws Exception {
        List<String> quoted = Page.read(Path.of("docs/troubleshooting.md").toAbsolutePath()).lines().stream()
                .filter(line -> line.startsWith("    secret-agent: "))
                .map(String::strip)
                .toList();
        List<String> printed = provoke();
        assertThat(quoted).hasSizeGreaterThan(10);
        assertThat(quoted)
                .allSatisfy(line -> assertThat(printed)
                        .as("lines like: %s", line)
                        .anyMatch(said -> pattern(line).matcher(said).matches()));
        assertThat(String.join("\n", printed)).doesNotContain("canary");
    }

    private List<String> provoke() throws Exception {
        List<String> said = new ArrayList<>();
        said.addAll(start(child().option("-javaagent:" + ChildJvm.agentJar())));
        said.addAll(start(child().agent(folder.resolve("none.yaml"))));
        Path open = mapping(MOUNTED + "GOOD: api.key");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        said.addAll(start(child().agent(open)));
        said.addAll(start("backends: {mounted: {type: directory, pth: store}}\nsecrets: {mounted: {GOOD: api.key}}"));
        said.addAll(start(
                "backends: {mounted: {type: directory, path: \"${STORE}\"}}\nsecrets: {mounted: {GOOD: api.key}}"));
        said.addAll(
                start(
                        "backends: {vault: {type: vault, address: \"http://vault.example.com\"}}\nsecrets: {vault: {a/b#C: c}}"));
        said.addAll(start(MOUNTED + "DATABASE_PASSWORD: db.password"));
        String vault =
                "backends: {vault: {type: vault, address: \"http://127.0.0.1:9\"}}\nsecrets: {vault: {a/b#C: c}}\ntimeout: 5s";
        said.addAll(start(nowhere().agent(mapping(vault))));
        said.addAll(start(nowhere().environment("VAULT_TOKEN", "canary-token").agent(mapping(vault))));
        said.addAll(start(
                nowhere().agent(mapping("backends: {aws: {type: aws-secrets-manager}}\nsecrets: {aws: {a#B: b}}"))));
        said.addAll(start(nowhere()
                .agent(mapping(
                        "backends: {aws: {type: aws-secrets-manager, region: us-east-1}}\nsecrets: {aws: {a#B: b}}"))));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            said.addAll(start(nowhere()
                    .agent(mapping("backends: {azure: {type: azure-key-vault, url: \"https://127.0.0.1:"
                            + silent.getLocalPort() + "\"}}\nsecrets: {azure: {A: b}}\ntimeout: 1s"))));
        }
        Path good = mapping(MOUNTED + "GOOD: api.key");
        said.addAll(start(
                child().environment("SECRET_AGENT_JAVA", "/nonexistent/java").agent(good)));
        Path alone = Files.copy(ChildJvm.agentJar(), folder.resolve("secret-agent.jar"));
        said.addAll(start(child().option("-javaagent:" + alone + "=" + good)));
        said.addAll(start(child().option("-Dapi.key=another").agent(good)));
        said.addAll(start(MOUNTED + "SHORT: api.key"));
        return said;
    }

    private List<String> start(String mapping) throws Exception {
        return start(child().agent(mapping(mapping)));
    }

    private static List<String> start(ChildJvm child) throws Exception {
        return child.run(ShowSecrets.class, "api.key").err().lines().toList();
    }

    private static ChildJvm child() {
        return ChildJvm.on(Jdks.current());
    }

    /** Where no credentials are, of no user and no machine. */
    private ChildJvm nowhere() {
        return child().environment("HOME", folder.toString()).environment("AWS_EC2_METADATA_DISABLED", "true");
    }

    private Path mapping(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("secrets.yaml"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** {@code ...} stands for anything. */
    private static Pattern pattern(String line) {
        return Pattern.compile(
                Stream.of(line.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
