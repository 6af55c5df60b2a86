package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JUL's formatters that nobody knows the names of. */
class FormattersIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ownFormattersInAnOwnHandlerAreMasked(Jdks.Jdk jdk) throws Exception {
        Collector collector = new Collector();
        try {
            ChildJvm.Result result =
                    new Canary(folder).child(jdk).run(LogsWithOwnFormatters.class, Integer.toString(collector.port()));

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(collector.collected().lines())
                    .containsExactlyElementsOf(List.of(
                            "head ***",
                            "layout *** message ***",
                            "head ***",
                            "layout *** message ***",
                            "tail ***",
                            "anonymous ***",
                            "head ***",
                            "layout *** message ***",
                            "only message ***",
                            "only translated ***",
                            "hidden head ***",
                            "layout *** translated ***"));
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("secret-agent: " + LogsWithOwnFormatters.class.getName() + "$Own/")
                    .endsWith(" cannot be rewritten (java.lang.instrument.UnmodifiableClassException): it may log"
                            + " unmasked");
        } finally {
            collector.close();
        }
    }
}
