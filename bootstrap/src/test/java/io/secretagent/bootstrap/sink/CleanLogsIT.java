package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Some megabytes of what {@link CleanRun} compares by the gigabyte. */
class CleanLogsIT {
    private static final int MEGABYTES = 2;

    @TempDir
    Path folder;

    static List<Arguments> frameworks() {
        return Arrays.stream(CleanRun.Framework.values())
                .flatMap(framework -> Jdks.all().stream().map(jdk -> Arguments.of(framework, jdk)))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("frameworks")
    void comeOutByteForByte(CleanRun.Framework framework, Jdks.Jdk jdk) throws Exception {
        for (CleanRun.Log log : new CleanRun(folder, jdk).logs(framework, MEGABYTES)) {
            assertThat(Files.size(log.masked())).isGreaterThan(MEGABYTES * 1_000_000L);
            assertThat(log.difference()).isEmpty();
        }
    }
}
