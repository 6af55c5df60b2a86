package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A class {@code Own} against a framework, compiled here: no framework is on the class path of the tests. */
record Compiled(Path folder, List<Path> jars) {

    /**
     * Compiles it.
     *
     * @param version the folder of the framework's jars
     */
    static Compiled in(Path folder, String version, String source) throws IOException {
        Compiled compiled = new Compiled(folder, jars(version));
        Path file = Files.writeString(folder.resolve("Own.java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "--release",
                        "17",
                        "-d",
                        folder.toString(),
                        "-cp",
                        compiled.classPath(),
                        file.toString());
        assertThat(status).isZero();
        return compiled;
    }

    /** Runs it with the secret. */
    ChildJvm.Result run(Jdks.Jdk jdk, Path... files) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-cp", classPath(), "Own"));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        return new Canary(folder).child(jdk).run(arguments.toArray(String[]::new));
    }

    /** The class and what it needs. */
    String classPath() {
        return Stream.concat(Stream.of(folder), jars.stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private static List<Path> jars(String version) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/frameworks", version));
                Stream<Path> database = Files.list(Path.of("target/frameworks/h2"))) {
            return Stream.concat(jars, database).map(Path::toAbsolutePath).toList();
        }
    }
}
