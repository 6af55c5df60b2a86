package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Provision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands under "Use it", typed as they stand there; only the store is another folder than /run/secrets. */
class ReadmeIT {
    private static final String CANARY = "canary-8a41-of-a-newcomer";

    @TempDir
    private Path folder;

    @Test
    void aNewcomerGetsFromTheStoreToAnApplicationThatIsMasked() throws Exception {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("DB_PASSWORD"), CANARY);
        Files.createSymbolicLink(
                folder.resolve("bootstrap"), Path.of("../bootstrap").toRealPath());
        Path classes = Path.of("quickstart/target/classes").toAbsolutePath();
        Provision.run(List.of(
                Jdks.current().tool("jar").toString(),
                "--create",
                "--file=" + folder.resolve("app.jar"),
                "--main-class=io.secretagent.examples.quickstart.Quickstart",
                "-C",
                classes.toString(),
                "."));

        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", typed().replace("/run/secrets", "store"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        shell.environment().remove("SECRET_AGENT_MAPPING");
        Process typed = shell.start();
        typed.getOutputStream().close();
        int exit = typed.waitFor();

        String shown = Files.readString(folder.resolve("output"), UTF_8);
        assertThat(shown).doesNotContain(CANARY);
        assertThat(exit).as(shown).isZero();
        assertThat(shown)
                .contains("property db.password")
                .contains("connecting with password ***", "db.password length=" + CANARY.length());
        assertThat(Files.readString(folder.resolve("secrets.yaml")))
                .contains("DB_PASSWORD")
                .doesNotContain(CANARY);
    }

    /** The block, without the build, which was before this test. */
    private static String typed() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("../README.md"), UTF_8);
        int first = lines.indexOf("Use it:") + 2;
        List<String> block = lines.subList(first, lines.size()).stream()
                .takeWhile(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(block).hasSize(5);
        assertThat(block.get(0)).startsWith("./mvnw package");
        return block.stream().skip(1).collect(Collectors.joining("\n"));
    }
}
