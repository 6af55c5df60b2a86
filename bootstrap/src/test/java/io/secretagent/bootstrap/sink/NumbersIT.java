package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret that is a number, in a field that logstash-gelf takes for one: as such it would be written otherwise. */
class NumbersIT {
    private static final String SOURCE = """
            import biz.paluch.logging.gelf.intern.GelfMessage;
            import java.nio.file.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    GelfMessage message = new GelfMessage();
                    message.addField("number", System.getProperty("canary"));
                    message.addField("clean", "12.5");
                    Files.writeString(Path.of(file[0]), message.toJson());
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void areMasked(Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");
        Compiled compiled = Compiled.in(folder, "others.logback-1.5", SOURCE);
        Canary canary = new Canary(folder);
        Files.writeString(folder.resolve("mounted/canary"), "48151623.42108");

        ChildJvm.Result result = canary.child(jdk).run("-cp", compiled.classPath(), "Own", sent.toString());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(sent)).contains("\"_number\":\"***\"", "\"_clean\":12.5");
    }
}
