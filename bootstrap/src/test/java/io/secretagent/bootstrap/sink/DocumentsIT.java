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

/** Log4j 2's appender to document databases, with a database of the test's own in the place of a real one. */
class DocumentsIT {
    private static final String SOURCE = """
            import java.nio.file.*;
            import java.util.*;
            import org.apache.logging.log4j.*;
            import org.apache.logging.log4j.core.LoggerContext;
            import org.apache.logging.log4j.core.appender.nosql.*;
            import org.apache.logging.log4j.core.config.*;

            public class Own extends AbstractNoSqlConnection<Map<String, Object>, DefaultNoSqlObject> {
                private final List<String> sent = new ArrayList<>();

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    Own database = new Own();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    NoSqlAppender appender =
                            NoSqlAppender.createAppender("documents", "false", null, "0", () -> database);
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    ThreadContext.put("user", "context-" + secret);
                    context.getLogger("logger-" + secret)
                            .error("message-{}", secret, new IllegalStateException("exception-" + secret));
                    Files.write(Path.of(file[0]), database.sent);
                }

                @Override
                public DefaultNoSqlObject createObject() {
                    return new DefaultNoSqlObject();
                }

                @Override
                public DefaultNoSqlObject[] createList(int length) {
                    return new DefaultNoSqlObject[length];
                }

                @Override
                public void insertObject(NoSqlObject<Map<String, Object>> object) {
                    sent.add(object.unwrap().toString());
                }

                @Override
                protected void closeImpl() {}
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getMaskedPartsOfAnEvent(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        String documents = Files.readString(sent);
        assertThat(Canary.leaksFrom(documents)).as("leaks").isFalse();
        assertThat(documents).contains("message-***", "context-***", "logger-***", "exception-***");
    }
}
