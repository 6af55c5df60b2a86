package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a JVM that Surefire forked tells Maven on its standard output: each text with its length in front. With a mask of
 * another length Maven dropped the event, failures too, and the build succeeded.
 */
class SurefireIT {
    private static final String SOURCE = """
            import java.util.Map;
            import org.apache.maven.surefire.api.report.*;
            import org.apache.maven.surefire.api.util.internal.Channels;
            import org.apache.maven.surefire.booter.spi.EventChannelEncoder;

            public class Own {
                public static void main(String[] none) throws Exception {
                    String secret = System.getProperty("canary");
                    EventChannelEncoder events = new EventChannelEncoder(Channels.newBufferedChannel(System.out));
                    RunMode mode = RunMode.NORMAL_RUN;
                    events.testOutput(new TestOutputReportEntry(
                            TestOutputReportEntry.stdOutln("printed-" + secret), mode, 1L));
                    events.testError(
                            new SimpleReportEntry(mode, 1L, "Own", null, "test", null,
                                    trace(new IllegalStateException("exception-" + secret)), 1),
                            false);
                    events.testSetCompleted(
                            new SimpleReportEntry(mode, 1L, "Own", null, null, null, Map.of("p", "property-" + secret)),
                            false);
                    events.consoleInfoLog("told-" + secret);
                }

                static StackTraceWriter trace(Throwable thrown) {
                    return new StackTraceWriter() {
                        @Override
                        public String writeTraceToString() {
                            return thrown + "\\n\\tat Own.test";
                        }

                        @Override
                        public String writeTrimmedTraceToString() {
                            return writeTraceToString();
                        }

                        @Override
                        public String smartTrimmedStackTrace() {
                            return "smart-" + thrown.getMessage();
                        }

                        @Override
                        public SafeThrowable getThrowable() {
                            return new SafeThrowable(thrown);
                        }
                    };
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> ways() {
        return Jdks.each("surefire-3.0", "surefire-3.6");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    void framesStateTheLengthsOfMaskedTexts(String version, Jdks.Jdk jdk) throws Exception {
        byte[] frames = frames(version, jdk, new Canary(folder));

        assertFramed(frames, "printed-***");
        assertFramed(frames, "exception-***");
        assertFramed(frames, "java.lang.IllegalStateException: exception-***");
        assertFramed(frames, "smart-exception-***");
        assertFramed(frames, "property-***");
        assertFramed(frames, "told-***");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ways")
    void thereIsRoomForMasksThatAreLongerThanTheValues(String version, Jdks.Jdk jdk) throws Exception {
        Canary canary = new Canary(folder);
        String mask = "longer".repeat(100);
        Files.writeString(folder.resolve("secrets.yaml"), "mask: {replacement: " + mask + "}\n", APPEND);

        byte[] frames = frames(version, jdk, canary);

        assertFramed(frames, "printed-" + mask);
        assertFramed(frames, "exception-" + mask);
        assertFramed(frames, "told-" + mask);
    }

    private byte[] frames(String version, Jdks.Jdk jdk, Canary canary) throws Exception {
        Compiled compiled = Compiled.in(folder, version, SOURCE);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exit = canary.child(jdk)
                .start(out, err, "-cp", compiled.classPath(), "Own")
                .waitFor();
        assertThat(exit).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).isEmpty();
        byte[] frames = Files.readAllBytes(out);
        assertThat(Canary.leaksFrom(new String(frames, ISO_8859_1))).isFalse();
        return frames;
    }

    /** Four bytes of a length and a colon, the text, a colon. */
    private static void assertFramed(byte[] frames, String beginning) {
        int text = new String(frames, ISO_8859_1).indexOf(':' + beginning) + 1;
        assertThat(text).as(beginning).isPositive();
        int length = ByteBuffer.wrap(frames).getInt(text - 5);
        assertThat(length).as(beginning).isBetween(beginning.length(), frames.length - text);
        assertThat((char) frames[text + length]).as(beginning).isEqualTo(':');
    }
}
