package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Log4j 2 looks up: its configuration gets the value, as a password that it needs, and an event the mask. */
class LookupsIT {
    private static final String SOURCE = """
            import java.nio.file.*;
            import java.util.*;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.config.NullConfiguration;
            import org.apache.logging.log4j.core.impl.Log4jLogEvent;
            import org.apache.logging.log4j.core.lookup.StrSubstitutor;

            public class Own {
                public static void main(String[] file) throws Exception {
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    StrSubstitutor substitutor = context.getConfiguration().getStrSubstitutor();
                    LogEvent event = Log4jLogEvent.newBuilder().build();
                    List<String> lines = new ArrayList<>();
                    for (String lookup : new String[] {"${sys:quoted}", "${env:QUOTED}"}) {
                        lines.add("event " + substitutor.replace(event, lookup));
                        lines.add("configuration " + substitutor.replace(lookup).equals(System.getProperty("quoted")));
                    }
                    Files.write(Path.of(file[0]), lines);
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void giveAnEventTheMask(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");
        Compiled compiled = Compiled.in(folder, version, SOURCE);

        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .environment("QUOTED", Canary.QUOTED)
                .run("-cp", compiled.classPath(), "Own", sent.toString());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent))
                .containsExactly("event ***", "configuration true", "event ***", "configuration true");
    }
}
