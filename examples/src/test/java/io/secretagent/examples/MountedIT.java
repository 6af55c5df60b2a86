package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Volumes as a pod sees them, where everything but an {@code emptyDir} is read-only: the agent in an emptyDir, copied by an
 * init container of another user; the mapping in a ConfigMap and a secret in a Secret, in folders that all may write to,
 * behind links, as kubelet writes them.
 */
class MountedIT {
    private static final String CANARY = "canary-0b9d-of-the-pod";

    @TempDir
    private Path temporary;

    @BeforeEach
    void layOut() throws Exception {
        Provision.orSkip("a root of its own for a process (needs root)", ConfinedRoot::isPossible);
        Path root = Files.createDirectory(temporary.resolve("root"));
        Path agent = open(root.resolve("opt/secret-agent"));
        Provision.run(List.of("cp", "-R", ChildJvm.distribution() + "/.", agent.toString()));
        Provision.run(List.of("chown", "-R", "1000:1000", agent.toString()));
        mount(root.resolve("etc/secret-agent"), "secrets.yaml", """
                backends:
                  mounted: {type: directory, path: /mnt/secrets}
                secrets:
                  mounted:
                    DATABASE_PASSWORD: {property: db.password, rotate: 90d, priority: P0}
                """);
        mount(root.resolve("mnt/secrets"), "DATABASE_PASSWORD", CANARY);
        Provision.run(List.of(
                "cp", "-R", "quickstart/target/classes", root.resolve("app").toString()));
    }

    @Test
    void areTrustedAndNoGuardWarns() throws Exception {
        Path output = temporary.resolve("output");
        try (ConfinedRoot pod = ConfinedRoot.start(
                temporary.resolve("root"),
                Jdks.current(),
                "65532:65532",
                List.of("java", "-cp", "/app", "io.secretagent.examples.quickstart.Quickstart"),
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-javaagent:/opt/secret-agent/lib/secret-agent.jar=/etc/secret-agent/secrets.yaml"),
                output)) {
            assertThat(pod.end()).isZero();
        }
        assertThat(Files.readString(output, UTF_8))
                .startsWith("Picked up JAVA_TOOL_OPTIONS: -javaagent:/opt/secret-agent/lib/secret-agent.jar=")
                .contains("connecting with password ***", "db.password length=" + CANARY.length())
                .doesNotContain("secret-agent: ", CANARY);
    }

    @Test
    void theWeeklyJobFindsNothingOverdue() throws Exception {
        Path output = temporary.resolve("output");
        try (ConfinedRoot pod = ConfinedRoot.start(
                temporary.resolve("root"), Jdks.current(), "65532:65532", weeklyJob(), Map.of(), output)) {
            assertThat(pod.end()).as(Files.readString(output)).isZero();
        }
        assertThat(Files.readString(output, UTF_8))
                .contains("DATABASE_PASSWORD", "OK")
                .doesNotContain(CANARY);
    }

    /** The command of the CronJob, to the letter. */
    @SuppressWarnings("unchecked") // A list of strings, by the manifest's grammar.
    private static List<String> weeklyJob() throws IOException {
        String manifest = Files.readString(KubernetesIT.HERE.resolve("age/cronjob.yaml"), UTF_8);
        Object at = KubernetesSchemas.yaml(manifest).get(0);
        for (String key : List.of("spec", "jobTemplate", "spec", "template", "spec", "containers")) {
            at = KubernetesIT.field(at, key);
        }
        return (List<String>) KubernetesIT.field(((List<?>) at).get(0), "command");
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(
                Files.createDirectories(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** As kubelet's AtomicWriter: FILE leads to ..data/FILE, and ..data to a folder with a time in its name. */
    private static void mount(Path volume, String name, String content) throws IOException {
        Path version = Files.createDirectory(open(volume).resolve("..2026_01_17_09_30_00.123456789"));
        Files.writeString(version.resolve(name), content);
        Files.createSymbolicLink(volume.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(volume.resolve(name), Path.of("..data", name));
    }
}
