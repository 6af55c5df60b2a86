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

/** Layouts of Log4j 2, its own and those that nobody knows the names of, asked by an appender that nobody knows. */
class OwnLayoutsIT {
    private static final String SOURCE = """
            import java.io.ByteArrayOutputStream;
            import java.nio.ByteBuffer;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import org.apache.logging.log4j.Level;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.AbstractAppender;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.impl.Log4jLogEvent;
            import org.apache.logging.log4j.core.layout.*;
            import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
            import org.apache.logging.log4j.message.SimpleMessage;

            public class Own {
                static final String SECRET = System.getProperty("canary");

                public static void main(String[] file) throws Exception {
                    StringBuilder sent = new StringBuilder();
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    // With a layout of its own, for without one it would get a masked event.
                    Layout<?> any = PatternLayout.createDefaultLayout();
                    Appender appender = new AbstractAppender("own", null, any, false, Property.EMPTY_ARRAY) {
                        @Override
                        public void append(LogEvent event) {
                            for (Layout<?> layout : new Layout<?>[] {
                                HtmlLayout.createDefaultLayout(),
                                JsonLayout.createDefaultLayout(),
                                GelfLayout.newBuilder()
                                        .setCompressionType(GelfLayout.CompressionType.OFF)
                                        .build(),
                                SyslogLayout.newBuilder().build(),
                                JsonTemplateLayout.newBuilder()
                                        .setConfiguration(context.getConfiguration())
                                        .setEventTemplate("{\\"text\\": {\\"$resolver\\": \\"message\\", \\"stringified\\": true}}")
                                        .build(),
                                new OwnText(),
                                new Inheriting(),
                                new OwnEncoder(),
                                new OwnBytes()
                            }) {
                                Object text = layout.toSerializable(event);
                                sent.append(layout.getClass().getSimpleName()).append(" text ");
                                sent.append(text instanceof byte[] bytes ? string(bytes) : text);
                                sent.append('\\n').append(layout.getClass().getSimpleName());
                                sent.append(" bytes ").append(string(layout.toByteArray(event))).append('\\n');
                                Destination destination = new Destination();
                                layout.encode(event, destination);
                                destination.drain(destination.getByteBuffer());
                                sent.append("encoded ").append(string(destination.sent.toByteArray())).append('\\n');
                            }
                        }
                    };
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app").error("message-{}", SECRET);
                    LogEvent event = Log4jLogEvent.newBuilder()
                            .setMessage(new SimpleMessage("message-" + SECRET))
                            .build();
                    sent.append("events ").append(string(SerializedLayout.createLayout().toByteArray(event))).append('\\n');
                    for (Layout<?> layout : new Layout<?>[] {
                        PatternLayout.newBuilder().withHeader("frame-" + SECRET).withFooter("frame-" + SECRET).build(),
                        HtmlLayout.newBuilder().withTitle("frame-" + SECRET).build(),
                        new OwnEncoder(),
                        new OwnBytes()
                    }) {
                        sent.append(string(layout.getHeader())).append('\\n');
                        sent.append(string(layout.getFooter())).append('\\n');
                    }
                    Files.writeString(Path.of(file[0]), sent);
                }

                /** Nobody's, with a buffer that an event does not fit into. */
                static class Destination implements ByteBufferDestination {
                    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
                    private final ByteBuffer buffer = ByteBuffer.allocate(16);

                    @Override
                    public ByteBuffer getByteBuffer() {
                        return buffer;
                    }

                    @Override
                    public ByteBuffer drain(ByteBuffer full) {
                        sent.write(full.array(), 0, full.position());
                        full.clear();
                        return full;
                    }

                    @Override
                    public void writeBytes(ByteBuffer data) {
                        ByteBufferDestinationHelper.writeToUnsynchronized(data, this);
                    }

                    @Override
                    public void writeBytes(byte[] data, int offset, int length) {
                        ByteBufferDestinationHelper.writeToUnsynchronized(data, offset, length, this);
                    }
                }

                static String string(byte[] bytes) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }

                static byte[] bytes(String text) {
                    return text.getBytes(StandardCharsets.UTF_8);
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

                static class OwnEncoder extends OwnText {
                    @Override
                    public void encode(LogEvent event, ByteBufferDestination destination) {
                        byte[] encoded = getBytes("encoder message-" + SECRET);
                        destination.writeBytes(encoded, 0, encoded.length);
                    }

                    @Override
                    public byte[] getHeader() {
                        return bytes("frame-" + SECRET);
                    }

                    @Override
                    public byte[] getFooter() {
                        return bytes("frame-" + SECRET);
                    }
                }

                static class OwnBytes extends AbstractLayout<byte[]> {
                    OwnBytes() {
                        super(null, bytes("frame-" + SECRET), bytes("frame-" + SECRET));
                    }

                    @Override
                    public byte[] toSerializable(LogEvent event) {
                        return bytes("object message-" + SECRET);
                    }

                    @Override
                    public byte[] toByteArray(LogEvent event) {
                        return bytes("bytes message-" + SECRET);
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
        return Jdks.each("log4j-2.17", "log4j-2.25");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void bringMaskedTextAndBytes(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        String all = Files.readString(sent);
        assertThat(Canary.leaksFrom(all)).isFalse();
        assertThat(all.split("message-\\*\\*\\*", -1)).as(all).hasSizeGreaterThan(28);
        assertThat(all.split("frame-\\*\\*\\*", -1)).as(all).hasSize(8);
    }
}
