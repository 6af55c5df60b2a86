package io.secretagent.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageTest {

    /** But for the way to start a thread, which is the same for all of it. */
    @Test
    void theMaskerKnowsNothingOfTheRestOfTheAgent() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/secretagent/mask"))) {
            for (Path source : sources.toList()) {
                List<String> imports = Files.readAllLines(source).stream()
                        .filter(line -> line.startsWith("import "))
                        .filter(line -> !line.equals("import io.secretagent.thread.GuestThread;"))
                        .toList();
                assertThat(imports)
                        .as(source.toString())
                        .noneMatch(line -> line.contains("io.secretagent.")
                                || line.contains("bytebuddy")
                                || line.contains("java.lang.instrument"));
            }
        }
    }
}
