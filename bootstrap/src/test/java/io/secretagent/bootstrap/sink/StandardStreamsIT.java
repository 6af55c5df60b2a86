package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandardStreamsIT {
    private static final String JDKS = "io.secretagent.bootstrap.testing.Jdks#all";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource(JDKS)
    void everythingPrintedIsMaskedAndTheApplicationsOwnFileIsNot(Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path own = folder.resolve("own");
        Path loaded = folder.resolve("loaded");
        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .option("-Xlog:class+load:file=" + loaded)
                .run(Prints.class, own.toString());

        Canary.isNowhere(result, logs);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out().lines())
                .containsExactly(
                        "println ***",
                        "printf ***",
                        "[object, ***]",
                        "***",
                        "***",
                        "***",
                        "***",
                        "***",
                        "split ***",
                        "clean: \u00e9 \u20ac, done",
                        "own file true",
                        "no end of line ***");
        assertThat(result.err())
                .contains("err ***")
                .contains("IllegalStateException: outer ***")
                .contains("Caused by: java.io.IOException: cause ***")
                .contains("IllegalArgumentException: uncaught ***");
        assertThat(own).hasContent(Canary.VALUE);
        assertNoLogging(loaded);
    }

    /** As consoles of servers do, which put them into a file. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void whatTakesTheirPlaceIsMaskedUnlessItIsInMemory(Jdks.Jdk jdk) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        ChildJvm.Result result = new Canary(folder).child(jdk).run(ReplacesStreams.class, logs.toString());

        Canary.isNowhere(result, logs);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(logs.resolve("out.log")))
                .containsExactly("the same true", "println ***", "***", "split ***", "z".repeat(8190) + "***", "last");
        assertThat(Files.readString(logs.resolve("err.log")))
                .startsWith("err ***\njava.lang.IllegalStateException: thrown ***\n");
        assertThat(Files.readAllLines(logs.resolve("both.log"))).containsExactly("both ***", "held canar");
        assertThat(result.out().lines())
                .containsExactly("both ***", "memory true", "buffered ***", "twice ***", "held canar");
    }

    /** Sixteen bytes a line, of which no line is known. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void whatTheJdkShowsOfTlsIsMasked(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result =
                new Canary(folder).child(jdk).option("-Djavax.net.debug=all").run(SpeaksTls.class);

        assertThat(result.out()).isEqualTo("received true\n");
        assertThat(result.err()).contains("Plaintext before ENCRYPTION").contains("earer *** and mo");
        assertThat(result.err())
                .doesNotContainIgnoringCase("63 61 6e 61")
                .doesNotContain("cana")
                .doesNotContain("kR7");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void javaLangStaysClosed(Jdks.Jdk jdk) throws Exception {
        Canary canary = new Canary(folder);

        assertThat(canary.child(jdk).run(ShowsItsState.class).out().lines())
                .containsExactly("bridge true", "java.lang closed");
        assertThat(canary.child(jdk).run(ShowsItsState.class, "log").out().lines())
                .containsExactly("bridge true", "java.lang closed");
    }

    private static void assertNoLogging(Path loaded) throws IOException {
        assertThat(Files.readAllLines(loaded)).isNotEmpty().noneMatch(line -> line.contains(" java.util.logging."));
    }
}
