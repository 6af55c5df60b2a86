package io.secretagent.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped. */
class DistributionIT {
    private static final Path DISTRIBUTION = ChildJvm.distribution();

    @Test
    void theAgentJarShowsTheApplicationNothingButOurPackage() throws IOException {
        try (ZipFile jar = new ZipFile(ChildJvm.agentJar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .isNotEmpty()
                    .allMatch(name ->
                            name.startsWith("io/secretagent/") || name.startsWith("META-INF/") || name.equals("io/"))
                    .noneMatch(name -> name.startsWith("META-INF/services/") || name.startsWith("META-INF/versions/"));
        }
    }

    @Test
    void theAgentJarIsSmall() throws IOException {
        assertThat(Files.size(ChildJvm.agentJar())).isLessThan(1_500_000);
    }

    @Test
    void whatTheAgentTrustsOnlyItsOwnerCanWrite() throws IOException {
        for (String file : List.of("lib/secret-agent.jar", "lib/bootstrap.jar", "bin/secret-agent")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(DISTRIBUTION.resolve(file))))
                    .matches("rw.r-.r-.");
        }
    }

    @Test
    void theArchiveHoldsTheSame() throws Exception {
        assertThat(archive("tzf").filter(name -> !name.endsWith("/") && !name.contains("/licences/")))
                .containsExactlyInAnyOrder(
                        "secret-agent/lib/native/linux-x86-64/libjnidispatch.so",
                        "secret-agent/lib/native/linux-aarch64/libjnidispatch.so",
                        "secret-agent/bin/entrypoint",
                        "secret-agent/bin/secret-agent",
                        "secret-agent/lib/bootstrap.jar",
                        "secret-agent/lib/secret-agent.jar",
                        "secret-agent/LICENSE");
    }

    /** So that the same sources give the same bytes, whenever they are built. */
    @Test
    void everyFileOfTheArchiveHasTheTimeOfTheRelease() throws Exception {
        assertThat(archive("tvzf")).isNotEmpty().allMatch(line -> line.contains(" 2026-11-01 00:00 "));
    }

    @Test
    void theLicencesOfWhatIsInsideAreThere() throws Exception {
        String libraries = Files.readString(DISTRIBUTION.resolve("licences/bootstrap.txt"), UTF_8)
                + Files.readString(DISTRIBUTION.resolve("licences/agent.txt"), UTF_8);
        assertThat(libraries)
                .contains("com.azure:azure-identity:", "software.amazon.awssdk:secretsmanager:", "vault-java-driver:")
                .contains("net.bytebuddy:byte-buddy:")
                .doesNotContain("Unknown license");
        assertThat(DISTRIBUTION.resolve("licences")).isDirectoryRecursivelyContaining("glob:**/slf4j-api-*/**LICENSE*");
    }

    @Test
    void theLauncherFindsItsJarThroughLinks(@TempDir Path folder) throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), DISTRIBUTION.resolve("bin/secret-agent"));
        Path link = Files.createSymbolicLink(
                folder.resolve("with space"), Path.of(first.getFileName().toString()));
        assertThat(launch(link, "--version")).isEqualTo("0 secret-agent 0.1.0\n");
    }

    @Test
    void theLauncherPrintsTheSchema() throws Exception {
        assertThat(launch(DISTRIBUTION.resolve("bin/secret-agent"), "schema"))
                .startsWith("0 {")
                .contains("azure-key-vault");
    }

    @Test
    void anUnknownCommandIsUsage() throws Exception {
        assertThat(launch(DISTRIBUTION.resolve("bin/secret-agent"), "nonsense")).startsWith("64 ");
    }

    private static Stream<String> archive(String how) throws IOException, InterruptedException {
        ProcessBuilder tar = new ProcessBuilder(
                "tar",
                how,
                DISTRIBUTION.resolveSibling("secret-agent-0.1.0.tar.gz").toString());
        tar.environment().put("TZ", "UTC");
        Process process = tar.start();
        String lines = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return lines.lines();
    }

    private static String launch(Path launcher, String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", launcher.toString(), argument)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + out;
    }
}
