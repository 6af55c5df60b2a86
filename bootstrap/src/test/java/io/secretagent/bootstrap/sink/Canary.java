package io.secretagent.bootstrap.sink;

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

    private final Path mapping;

    Canary(Path folder) throws IOException {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Files.writeString(mounted.resolve("canary"), VALUE);
        mapping = Files.writeString(folder.resolve("secrets.yaml"), """
                backends:
                  mounted: {type: directory, path: %s}
                secrets:
                  mounted:
                    canary: canary
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

    /** Neither the streams nor a file in the folder shows a piece of it. */
    static void isNowhere(ChildJvm.Result result, Path logs) throws IOException {
        assertThat(result.out()).doesNotContain("canary-a").doesNotContain("kR7$1x");
        assertThat(result.err()).doesNotContain("canary-a").doesNotContain("kR7$1x");
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("canary-a", "kR7$1x");
            }
        }
    }
}
