package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples' mappings, mutated, in 256 MiB; {@code -Dsecretagent.fire.cases=N} reads more of them. */
class MappingFuzzIT {
    private static final String CASES = System.getProperty("secretagent.fire.cases", "10000");

    @TempDir
    private Path folder;

    @Test
    void tenThousandEndWithAPlaceOrAMapping() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(CASES, Long.toString(System.nanoTime()), folder.toString()));
        arguments.addAll(seeds());
        ChildJvm.Result result = ChildJvm.on(Jdks.current())
                .option("-Xmx256m")
                .classPath(ChildJvm.distribution().resolve("lib/bootstrap.jar"))
                .run(MappingFuzz.class, arguments.toArray(String[]::new));
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).matches(CASES + " cases: [1-9]\\d* valid, [1-9]\\d* not, .*\n");
    }

    /** Not by its parser, which would take memory for all of it. */
    @Test
    void oneOf100MiBIsRefused() throws Exception {
        Path mapping = folder.resolve("secrets.yaml");
        byte[] line = "# a comment that is as long as others are, and no longer\n".getBytes(UTF_8);
        try (OutputStream out = Files.newOutputStream(mapping)) {
            for (long written = 0; written < 100L << 20; written += line.length) {
                out.write(line);
            }
        }
        Launched verified = Launched.in(folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m"), "verify", "--offline");
        assertThat(verified.exit()).isEqualTo(78);
        assertThat(verified.err()).contains("secrets.yaml:1:1: ");
    }

    private static List<String> seeds() throws Exception {
        List<String> seeds = new ArrayList<>();
        for (String name : new String[] {"design.yaml", "everything.yaml"}) {
            seeds.add(ChildJvm.testClasses()
                    .resolve("io/secretagent/bootstrap/mapping/" + name)
                    .toString());
        }
        Path examples = Path.of("../examples").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(examples)) {
            files.filter(file -> file.getFileName().toString().equals("secrets.yaml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(file -> seeds.add(file.toString()));
        }
        return seeds;
    }
}
