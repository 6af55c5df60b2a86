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

/** What an exporter of OpenTelemetry's gets, with the classes of its incubator and without. */
class OpenTelemetryIT {
    private static final String SOURCE = """
            import ch.qos.logback.classic.*;
            import io.opentelemetry.api.OpenTelemetry;
            import io.opentelemetry.api.common.AttributeKey;
            import io.opentelemetry.api.logs.LoggerProvider;
            import io.opentelemetry.api.trace.TracerProvider;
            import io.opentelemetry.context.propagation.ContextPropagators;
            import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
            import io.opentelemetry.sdk.common.CompletableResultCode;
            import io.opentelemetry.sdk.logs.SdkLoggerProvider;
            import io.opentelemetry.sdk.logs.data.LogRecordData;
            import io.opentelemetry.sdk.logs.export.*;
            import java.nio.file.*;
            import java.util.*;
            import org.slf4j.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    StringBuilder sent = new StringBuilder();
                    SdkLoggerProvider provider = SdkLoggerProvider.builder()
                            .addLogRecordProcessor((context, record) ->
                                    record.setAttribute(AttributeKey.stringKey("later"), "later-" + secret))
                            .addLogRecordProcessor(SimpleLogRecordProcessor.create(new LogRecordExporter() {
                                @Override
                                public CompletableResultCode export(Collection<LogRecordData> records) {
                                    for (LogRecordData record : records) {
                                        sent.append(record).append('\\n');
                                    }
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode flush() {
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode shutdown() {
                                    return CompletableResultCode.ofSuccess();
                                }
                            }))
                            .build();
                    OpenTelemetryAppender appender = new OpenTelemetryAppender();
                    appender.setCaptureMdcAttributes("*");
                    appender.setCaptureMarkerAttribute(true);
                    appender.setCaptureArguments(true);
                    appender.setOpenTelemetry(new OpenTelemetry() {
                        @Override
                        public TracerProvider getTracerProvider() {
                            return TracerProvider.noop();
                        }

                        @Override
                        public LoggerProvider getLogsBridge() {
                            return provider;
                        }

                        @Override
                        public ContextPropagators getPropagators() {
                            return ContextPropagators.noop();
                        }
                    });
                    ch.qos.logback.classic.LoggerContext context =
                            (ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory();
                    appender.setContext(context);
                    appender.start();
                    ch.qos.logback.classic.Logger logger = context.getLogger("logger-" + secret);
                    logger.setAdditive(false);
                    logger.addAppender(appender);
                    MDC.put("user", "mdc-" + secret);
                    logger.error(
                            MarkerFactory.getMarker("marker-" + secret),
                            "message-{}",
                            secret,
                            new IllegalStateException("exception-" + secret));
                    provider.get("app").logRecordBuilder()
                            .setAttribute(AttributeKey.stringArrayKey("list"), List.of("list-" + secret))
                            .setAttribute(AttributeKey.longKey("long"), 42L)
                            .emit();
                    Files.writeString(Path.of(file[0]), sent);
                }
            }
            """;

    private static final String SPANS = """
            import io.opentelemetry.api.common.*;
            import io.opentelemetry.api.trace.*;
            import io.opentelemetry.context.Context;
            import io.opentelemetry.sdk.common.CompletableResultCode;
            import io.opentelemetry.sdk.trace.*;
            import io.opentelemetry.sdk.trace.data.*;
            import io.opentelemetry.sdk.trace.export.*;
            import java.nio.file.*;
            import java.util.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    StringBuilder sent = new StringBuilder();
                    SdkTracerProvider provider = SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(new SpanExporter() {
                                @Override
                                public CompletableResultCode export(Collection<SpanData> spans) {
                                    for (SpanData span : spans) {
                                        sent.append(span.getName()).append(' ').append(span.getAttributes());
                                        for (EventData event : span.getEvents()) {
                                            sent.append(event.getName()).append(' ').append(event.getAttributes());
                                        }
                                        sent.append(span.getStatus().getDescription()).append('\\n');
                                    }
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode flush() {
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode shutdown() {
                                    return CompletableResultCode.ofSuccess();
                                }
                            }))
                            .build();
                    Span span = provider.get("app").spanBuilder("span-" + secret).startSpan();
                    AttributeKey<String> key = AttributeKey.stringKey("attribute");
                    span.setAttribute(key, "attribute-" + secret);
                    span.setAttribute(AttributeKey.stringArrayKey("list"), List.of("list-" + secret));
                    span.setAttribute(AttributeKey.longKey("long"), 42L);
                    span.addEvent("event-" + secret, Attributes.of(key, "of-event-" + secret));
                    span.recordException(new IllegalStateException("exception-" + secret, new Exception("cause-" + secret)));
                    span.setStatus(StatusCode.ERROR, "status-" + secret);
                    span.end();
                    provider.get("app").spanBuilder("clean").startSpan().setAttribute("k", "clean, done").end();
                    System.out.println("kept " + ((ReadableSpan) span).getAttribute(key).equals("attribute-" + secret));
                    Files.writeString(Path.of(file[0]), sent);
                }
            }
            """;

    /** Without an appender. */
    private static final String SDK = """
            import io.opentelemetry.api.common.AttributeKey;
            import io.opentelemetry.sdk.common.CompletableResultCode;
            import io.opentelemetry.sdk.logs.SdkLoggerProvider;
            import io.opentelemetry.sdk.logs.data.LogRecordData;
            import io.opentelemetry.sdk.logs.export.*;
            import java.nio.file.*;
            import java.util.*;

            public class Own implements LogRecordExporter {
                private final StringBuilder sent = new StringBuilder();

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    Own exporter = new Own();
                    SdkLoggerProvider provider = SdkLoggerProvider.builder()
                            .addLogRecordProcessor((context, record) ->
                                    record.setAttribute(AttributeKey.stringKey("later"), "later-" + secret))
                            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                            .build();
                    provider.get("logger-" + secret).logRecordBuilder()
                            .setBody("message-" + secret)
                            .setAttribute(AttributeKey.stringKey("early"), "early-" + secret)
                            .emit();
                    Files.writeString(Path.of(file[0]), exporter.sent);
                }

                @Override
                public CompletableResultCode export(Collection<LogRecordData> records) {
                    sent.append(records);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            }
            """;

    @TempDir
    Path folder;

    /** The oldest appender wants the incubator. */
    static List<Arguments> ways() {
        return Stream.of(
                        Arguments.of("others.opentelemetry-1.44", true),
                        Arguments.of("others.logback-1.5", true),
                        Arguments.of("others.logback-1.5", false),
                        Arguments.of("others.opentelemetry-1.60", true),
                        Arguments.of("others.opentelemetry-1.60", false))
                .flatMap(way -> Jdks.all().stream().map(jdk -> Arguments.of(way.get()[0], way.get()[1], jdk)))
                .toList();
    }

    @ParameterizedTest(name = "{0} incubator {1} {2}")
    @MethodSource("ways")
    void getsMaskedRecords(String version, boolean incubator, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");
        Compiled all = Compiled.in(folder, version, SOURCE);
        Compiled compiled = incubator
                ? all
                : new Compiled(
                        folder,
                        all.jars().stream()
                                .filter(jar -> !jar.toString().contains("opentelemetry-api-incubator"))
                                .toList());

        ChildJvm.Result result = compiled.run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("may log unmasked");
        String records = Files.readString(sent);
        assertThat(Canary.leaksFrom(records)).as("leaks").isFalse();
        assertThat(records)
                .contains("message-***")
                .contains("exception-***")
                .contains("mdc-***")
                .contains("marker-***")
                .contains("logger-***")
                .contains("later-***")
                .contains("list-***")
                .contains("42");
    }

    static List<Arguments> versions() {
        return Jdks.each("others.opentelemetry-1.44", "others.logback-1.5", "others.opentelemetry-1.60");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getsMaskedSpans(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SPANS).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("may log unmasked");
        assertThat(result.out()).contains("kept true");
        String spans = Files.readString(sent);
        assertThat(Canary.leaksFrom(spans)).as("leaks").isFalse();
        assertThat(spans)
                .contains("span-***")
                .contains("attribute=\"attribute-***\"")
                .contains("list=[list-***]")
                .contains("long=42")
                .contains("event-***")
                .contains("of-event-***")
                .contains("exception-***")
                .contains("cause-***")
                .contains("status-***")
                .contains("clean, done");
    }

    /** A version in between, whose extended attributes are where they were and return what was there. */
    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void getsMaskedRecordsOfTheSdkAlone(Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, "opentelemetry-1.56", SDK).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        String records = Files.readString(sent);
        assertThat(Canary.leaksFrom(records)).as("leaks").isFalse();
        assertThat(records).contains("message-***", "logger-***", "early-***", "later-***");
    }
}
