package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A secret in a mounted folder, injected as the property {@code canary}, that must turn up nowhere. */
final class Canary {
    static final String VALUE = "canary-a\u00e9-kR7$1x-0815";

    /** The property {@code quoted}: what JSON escapes. */
    static final String QUOTED = "canary-b\"q\\-kR7$2x-0816";

    /** The property {@code varied}: what every encoding writes otherwise. */
    static final String VARIED = "canary-c\"q\\/<&\u00e9 kR7$3x+0817=";

    private final Path mapping;

    Canary(Path folder) throws IOException {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Files.writeString(mounted.resolve("canary"), VALUE);
        Files.writeString(mounted.resolve("quoted"), QUOTED);
        Files.writeString(mounted.resolve("varied"), VARIED);
        mapping = Files.writeString(folder.resolve("secrets.yaml"), """
                backends:
                  mounted: {type: directory, path: %s}
                secrets:
                  mounted:
                    canary: canary
                    quoted: quoted
                    varied: varied
                """.formatted(mounted));
    }

    /** A JVM with the agent and the secret, whose streams are in UTF-8 on every JDK. */
    ChildJvm child(Jdks.Jdk jdk) {
        return with(ChildJvm.on(jdk));
    }

    /** As {@link #child} for one that has options already. */
    ChildJvm with(ChildJvm child) {
        return child.agent(mapping)
                .option("-Dfile.encoding=UTF-8")
                .option("-Dstdout.encoding=UTF-8")
                .option("-Dstderr.encoding=UTF-8");
    }

    /** Neither the streams nor a file in the folder shows a piece of one. */
    static void isNowhere(ChildJvm.Result result, Path logs) throws IOException {
        assertThat(leaksFrom(result.out())).as("standard output").isFalse();
        assertThat(leaksFrom(result.err())).as("standard error").isFalse();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                // Whatever the file is encoded in, the pieces are ASCII.
                assertThat(leaksFrom(Files.readString(file, ISO_8859_1)))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    /** Whether the text has a piece of a secret in it. */
    static boolean leaksFrom(String text) {
        return text.contains("canary-") || text.contains("kR7$");
    }
}
