package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a flight recording has of what was thrown: of errors always, of exceptions when it is told to. */
class FlightRecordingIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void hasMaskedMessages(Jdks.Jdk jdk) throws Exception {
        Path recording = folder.resolve("recording.jfr");
        String option = "-XX:StartFlightRecording=jdk.JavaExceptionThrow#enabled=true,filename=" + recording;

        ChildJvm.Result result = new Canary(folder).child(jdk).option(option).run(Throws.class);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("kept true");
        // Its strings are next to each other there, and ASCII in them is as it is.
        String strings = Files.readString(recording, ISO_8859_1);
        assertThat(strings).contains("exception-***").contains("error-***");
        assertThat(Canary.leaksFrom(strings)).isFalse();
    }

    /** Throws what has a secret. */
    public static final class Throws {
        public static void main(String[] none) {
            String secret = System.getProperty("canary");
            try {
                throw new IllegalStateException("exception-" + secret);
            } catch (IllegalStateException e) {
                System.out.println("kept " + ("exception-" + secret).equals(e.getMessage()));
            }
            try {
                throw new AssertionError("error-" + secret);
            } catch (AssertionError e) {
                System.out.println("kept " + ("error-" + secret).equals(e.getMessage()));
            }
        }

        private Throws() {}
    }
}
