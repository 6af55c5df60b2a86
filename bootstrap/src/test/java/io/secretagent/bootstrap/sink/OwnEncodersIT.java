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

/** Encoders and layouts of Logback that nobody knows the names of, asked by an appender that nobody knows either. */
class OwnEncodersIT {
    private static final String SOURCE = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import ch.qos.logback.core.*;
            import ch.qos.logback.core.encoder.*;
            import ch.qos.logback.core.spi.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;

            public class Own extends AppenderBase<ILoggingEvent> {
                static final String SECRET = System.getProperty("canary");
                final StringBuilder sent = new StringBuilder();

                public static void main(String[] file) throws Exception {
                    LoggerContext context = new LoggerContext();
                    Own appender = new Own();
                    appender.setContext(context);
                    appender.start();
                    Logger logger = context.getLogger("app");
                    logger.addAppender(appender);
                    logger.error("message {}", SECRET);
                    Files.writeString(Path.of(file[0]), appender.sent);
                }

                @Override
                protected void append(ILoggingEvent event) {
                    JsonEncoder concrete = new JsonEncoder();
                    Encoder<ILoggingEvent> encoder = concrete;
                    sent(encoder.headerBytes());
                    sent(encoder.encode(event));
                    sent(concrete.encode(event));
                    sent(encoder.footerBytes());
                    sent(new Inheriting().encode(event));
                    sent(new RawEncoder().encode(event));
                    sent(new Wrapping().encode(event));
                    sent(new OwnLayout().doLayout(event));
                    sent(new LayoutOfNothing().doLayout(event));
                    sent(new LayoutOfAPart(this).doLayout(event));
                    Patterned patterned = new Patterned();
                    patterned.setContext(getContext());
                    patterned.setPattern("%msg");
                    patterned.start();
                    sent(patterned.doLayout(event));
                    sent(new LayoutBase<ILoggingEvent>() {
                        @Override
                        public String doLayout(ILoggingEvent event) {
                            return "anonymous " + event.getFormattedMessage();
                        }
                    }.doLayout(event));
                    byte[] own = new Codec().encode(SECRET);
                    sent("data " + new String(own, StandardCharsets.UTF_8).equals(SECRET));
                }

                void sent(byte[] bytes) {
                    sent(new String(bytes, StandardCharsets.UTF_8));
                }

                void sent(String text) {
                    sent.append(text).append('\\n');
                }

                static byte[] bytes(String text) {
                    return text.getBytes(StandardCharsets.UTF_8);
                }

                static class JsonEncoder extends EncoderBase<ILoggingEvent> {
                    public byte[] headerBytes() {
                        return bytes("header " + SECRET);
                    }

                    public byte[] encode(ILoggingEvent event) {
                        return bytes("encoder " + event.getFormattedMessage());
                    }

                    public byte[] footerBytes() {
                        return bytes("footer " + SECRET);
                    }
                }

                static class Inheriting extends JsonEncoder {
                    @Override
                    public byte[] encode(ILoggingEvent event) {
                        return bytes("inheriting " + SECRET);
                    }
                }

                @SuppressWarnings("rawtypes")
                static class RawEncoder extends EncoderBase {
                    public byte[] headerBytes() {
                        return null;
                    }

                    public byte[] encode(Object event) {
                        return bytes("raw " + event);
                    }

                    public byte[] footerBytes() {
                        return null;
                    }
                }

                static class Wrapping extends LayoutWrappingEncoder<ILoggingEvent> {
                    @Override
                    public byte[] encode(ILoggingEvent event) {
                        return bytes("wrapping " + SECRET);
                    }
                }

                static class OwnLayout extends LayoutBase<ILoggingEvent> {
                    public String doLayout(ILoggingEvent event) {
                        return "layout " + SECRET;
                    }
                }

                static class LayoutOfNothing extends ContextAwareBase implements Layout<ILoggingEvent> {
                    LayoutOfNothing() {}

                    LayoutOfNothing(ContextAware part) {
                        super(part);
                    }

                    public String doLayout(ILoggingEvent event) {
                        return "direct " + SECRET;
                    }

                    public String getFileHeader() { return null; }
                    public String getPresentationHeader() { return null; }
                    public String getPresentationFooter() { return null; }
                    public String getFileFooter() { return null; }
                    public String getContentType() { return null; }
                    public boolean isStarted() { return true; }
                    public void start() {}
                    public void stop() {}
                }

                static class LayoutOfAPart extends LayoutOfNothing {
                    LayoutOfAPart(ContextAware part) {
                        super(part);
                    }

                    @Override
                    public String doLayout(ILoggingEvent event) {
                        return "part " + SECRET;
                    }
                }

                static class Patterned extends PatternLayout {
                    @Override
                    public String doLayout(ILoggingEvent event) {
                        return "patterned " + SECRET + " " + super.doLayout(event);
                    }
                }

                /** The application's own, which happens to be configured by Logback. */
                static class Codec extends ContextAwareBase {
                    byte[] encode(Object any) {
                        return bytes(any.toString());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("logback-1.2", "logback-1.5");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void bringMaskedTextAndBytes(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(Files.readString(sent).lines())
                .containsExactly(
                        "header ***",
                        "encoder message ***",
                        "encoder message ***",
                        "footer ***",
                        "inheriting ***",
                        "raw [ERROR] message ***",
                        "wrapping ***",
                        "layout ***",
                        "direct ***",
                        "part ***",
                        "patterned *** message ***",
                        "anonymous message ***",
                        "data true");
    }
}
