package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layouts of Log4j 2, its own and those that nobody knows the names of, asked by an appender that nobody knows. */
class OwnLayoutsIT {
    private static final String SOURCE = """
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import org.apache.logging.log4j.Level;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.AbstractAppender;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.layout.*;

            public class Own {
                static final String SECRET = System.getProperty("canary");

                public static void main(String[] file) throws Exception {
                    StringBuilder sent = new StringBuilder();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    Appender appender = new AbstractAppender("own", null, null, false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            for (Layout<?> layout : new Layout<?>[] {
                                HtmlLayout.createDefaultLayout(),
                                JsonLayout.createDefaultLayout(),
                                GelfLayout.newBuilder()
                                        .setCompressionType(GelfLayout.CompressionType.OFF)
                                        .build(),
                                SyslogLayout.newBuilder().build(),
                                new OwnText(),
                                new Inheriting(),
                                new OwnBytes()
                            }) {
                                Object text = layout.toSerializable(event);
                                sent.append(layout.getClass().getSimpleName()).append(" text ");
                                sent.append(text instanceof byte[] bytes ? string(bytes) : text);
                                sent.append('\\n').append(layout.getClass().getSimpleName());
                                sent.append(" bytes ").append(string(layout.toByteArray(event))).append('\\n');
                            }
                        }
                    };
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app").error("message-{}", SECRET);
                    Files.writeString(Path.of(file[0]), sent);
                }

                static String string(byte[] bytes) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }

                static class OwnText extends AbstractStringLayout {
                    OwnText() {
                        super(StandardCharsets.UTF_8);
                    }

                    @Override
                    public String toSerializable(LogEvent event) {
                        return "own message-" + SECRET;
                    }
                }

                static class Inheriting extends OwnText {
                    @Override
                    public String toSerializable(LogEvent event) {
                        return "inheriting message-" + SECRET;
                    }
                }

                static class OwnBytes extends AbstractLayout<byte[]> {
                    OwnBytes() {
                        super(null, null, null);
                    }

                    @Override
                    public byte[] toSerializable(LogEvent event) {
                        return toByteArray(event);
                    }

                    @Override
                    public byte[] toByteArray(LogEvent event) {
                        return ("bytes message-" + SECRET).getBytes(StandardCharsets.UTF_8);
                    }

                    @Override
                    public String getContentType() {
                        return "text/plain";
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Stream.of("log4j-2.17", "log4j-2.25")
                .flatMap(version -> Jdks.all().stream().map(jdk -> Arguments.of(version, jdk)))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void bringMaskedTextAndBytes(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        String all = Files.readString(sent);
        assertThat(Canary.leaksFrom(all)).isFalse();
        assertThat(all.split("message-\\*\\*\\*", -1)).as(all).hasSizeGreaterThan(14);
    }
}
