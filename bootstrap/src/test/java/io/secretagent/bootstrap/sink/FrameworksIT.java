package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The leak matrix: a JVM for each {@link Framework}, each end of the range of its versions and each JDK, which logs a
 * secret in every {@link Way} to every sink, and in every form. Prints what came where, and fails on one leak.
 */
class FrameworksIT {
    /** Where the build puts the frameworks, each with what it needs: none is on the class path of the tests. */
    private static final Path FRAMEWORKS = Path.of("target/frameworks");

    private static final Path DATABASE = FRAMEWORKS.resolve("h2");

    private static final Set<String> PLAIN = Set.of("console", "file", "streams", "simple", "own");

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Arrays.stream(Framework.values())
                .flatMap(framework -> framework.versions.stream()
                        .flatMap(version -> Jdks.all().stream().map(jdk -> Arguments.of(framework, version, jdk))))
                .toList();
    }

    static List<Arguments> newestVersions() {
        return Arrays.stream(Framework.values())
                .filter(framework -> framework != Framework.LOGBACK_DATABASE)
                .flatMap(framework -> Jdks.all().stream()
                        .map(jdk ->
                                Arguments.of(framework, framework.versions.get(framework.versions.size() - 1), jdk)))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("versions")
    void leaksNowhere(Framework framework, String version, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        List<Path> jars = jarsOf(version);
        try (Ends ends = new Ends(logs)) {
            ChildJvm.Result result = child(framework, jdk, ends, jars).run(framework.application);

            LeakMatrix matrix = new LeakMatrix(framework + " " + version + " " + jdk);
            for (Sink sink : framework.sinks) {
                matrix.add(sink.name(), ends.content(sink, result, jars), sink.shown());
            }
            System.out.println(matrix);
            assertThat(matrix.failures()).as(matrix + "\n" + result.err()).isEmpty();
            assertWellBehaved(result);
            Canary.isNowhere(result, logs);
        }
    }

    /** On the console and in plain files: a layout that encodes text encodes a form once more. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("newestVersions")
    void masksEachForm(Framework framework, String version, Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        List<Path> jars = jarsOf(version);
        try (Ends ends = new Ends(logs)) {
            ChildJvm.Result result =
                    child(framework, jdk, ends, jars).option("-Dforms=all").run(framework.application);

            List<String> failures = new ArrayList<>();
            for (Sink sink : framework.sinks) {
                if (PLAIN.contains(sink.name())) {
                    List<String> of = Variants.failures(ends.content(sink, result, jars));
                    System.out.printf("%-28s%-12s%s%n", framework + " " + jdk, sink.name(), of);
                    of.forEach(failure -> failures.add(sink.name() + " " + failure));
                }
            }
            assertThat(failures).isEmpty();
            assertWellBehaved(result);
        }
    }

    private ChildJvm child(Framework framework, Jdks.Jdk jdk, Ends ends, List<Path> jars) throws IOException {
        ChildJvm child = new Canary(folder).child(jdk);
        for (String option : framework.options) {
            child.option(withConfiguration(option));
        }
        ends.options().forEach(child::option);
        jars.forEach(child::classPath);
        return child;
    }

    private static void assertWellBehaved(ChildJvm.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("is not masked").doesNotContain("may log unmasked");
    }

    private static List<Path> jarsOf(String version) throws IOException {
        List<Path> jars = new ArrayList<>(jars(DATABASE));
        if (!version.isEmpty()) {
            jars.addAll(jars(FRAMEWORKS.resolve(version)));
        }
        return jars;
    }

    private static List<Path> jars(Path of) throws IOException {
        try (Stream<Path> jars = Files.list(of)) {
            return jars.toList();
        }
    }

    /** Puts the configuration that the option names into the folder, and its path into the option. */
    private String withConfiguration(String option) throws IOException {
        int end = Math.max(option.lastIndexOf('='), option.lastIndexOf(':')) + 1;
        String name = option.substring(end);
        try (InputStream in = FrameworksIT.class.getResourceAsStream(name)) {
            if (in == null || name.isEmpty()) {
                return option;
            }
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return option.substring(0, end) + file;
        }
    }
}
