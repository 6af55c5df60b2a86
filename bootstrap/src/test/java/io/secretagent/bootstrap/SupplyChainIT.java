package io.secretagent.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose bytes are shipped: pinned by their checksums, and the same whoever builds them. */
class SupplyChainIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git");

    @TempDir
    private Path folder;

    /** As {@code .ci/run} has Maven compare them. */
    @Test
    void everyLibraryInTheDistributionIsPinned() throws Exception {
        Set<String> pinned = Files.readAllLines(ROOT.resolve(".mvn/checksums/checksums.sha256")).stream()
                .filter(line -> line.matches("[0-9a-f]{64}  .*\\.jar"))
                .map(line -> line.substring(line.indexOf("  ") + 2))
                .collect(Collectors.toSet());
        List<String> libraries = Files.readString(ChildJvm.distribution().resolve("licences/bootstrap.txt"), UTF_8)
                .lines()
                .filter(line -> line.contains(" - http"))
                .map(line -> line.replaceFirst(".*\\(([^:(]+:[^:]+:[^: ]+) - .*", "$1"))
                .toList();
        assertThat(libraries).hasSizeGreaterThan(40).allSatisfy(library -> {
            String[] parts = library.split(":", -1);
            String prefix = parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/";
            assertThat(pinned).as(library).anyMatch(path -> path.startsWith(prefix));
        });
    }

    /** In another folder, and later: no path and no time of the build's is in them. */
    @Test
    void anotherBuildMakesTheSameBytes() throws Exception {
        Path copy = folder.resolve("sources");
        copySources(copy);
        Provision.run(List.of(
                "sh",
                "-c",
                "cd '" + copy + "' && ./mvnw -o -q -B package -pl agent,bootstrap -Dmaven.test.skip"
                        + " -Dspotless.check.skip"));
        for (String jar : List.of("secret-agent.jar", "bootstrap.jar")) {
            assertThat(Files.mismatch(
                            copy.resolve("bootstrap/target/secret-agent/lib").resolve(jar),
                            ChildJvm.distribution().resolve("lib").resolve(jar)))
                    .as(jar)
                    .isEqualTo(-1);
        }
    }

    private static void copySources(Path to) throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(from.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(ROOT.relativize(from).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, to.resolve(ROOT.relativize(from).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
