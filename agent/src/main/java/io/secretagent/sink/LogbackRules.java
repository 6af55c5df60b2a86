package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.CalledUnmasked;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Shown;
import java.util.List;

/** The rules for Logback, and for the Logstash encoder that goes with it. */
final class LogbackRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECTS = "java/io/ObjectOutputStream";
    private static final String TO_OUTPUT = "(Ljava/io/OutputStream;)V";
    private static final String DO_LAYOUT = "(Ljava/lang/Object;)" + STRING;
    private static final String ENCODE = "(Ljava/lang/Object;)[B";
    private static final String LOGSTASH = "net/logstash/logback/";
    private static final String LOGSTASH_TCP =
            LOGSTASH + "appender/AbstractLogstashTcpSocketAppender$TcpSendingEventHandler";

    private static final String APPENDER = "ch/qos/logback/core/Appender";
    private static final String DO_APPEND = "(Ljava/lang/Object;)V";

    private static final String LOKI = "com/github/loki4j/";

    static final String LOGBACK = "ch/qos/logback/core/";

    /** What Logback asks for the bytes of an event, and what it asks for the text. */
    static final String ENCODER = LOGBACK + "encoder/Encoder";

    static final String LAYOUT = LOGBACK + "Layout";

    /** What encoders and layouts extend, as do most parts of a configuration. */
    static final String OF_A_CONTEXT = LOGBACK + "spi/ContextAwareBase";

    /** The layout of Logback that masks all that it brings, to whichever appender. */
    static final String MASKED_LAYOUT = "ch/qos/logback/classic/PatternLayout";

    /** Its encoder that does, with whichever layout. */
    static final String MASKED_ENCODER = LOGBACK + "encoder/LayoutWrappingEncoder";

    static final List<Rule> ALL = List.of(
            // Logback 1.2 to 1.5: the layout of the patterns for whoever asks it, as many appenders of others do, and
            // any
            // other in the encoder of layouts and in the appenders that have no encoder.
            new Returned(MASKED_LAYOUT, "doLayout", "(Lch/qos/logback/classic/spi/ILoggingEvent;)" + STRING),
            new CalledUnmasked(MASKED_ENCODER, LAYOUT, "doLayout", DO_LAYOUT),
            new CalledUnmasked(LOGBACK + "net/SyslogAppenderBase", LAYOUT, "doLayout", DO_LAYOUT),
            // The stack trace that it sends after the layout's text.
            new Called("ch/qos/logback/classic/net/SyslogAppender", "java/lang/String", "getBytes", "()[B"),
            new CalledUnmasked("ch/qos/logback/classic/net/SMTPAppender", LAYOUT, "doLayout", DO_LAYOUT),
            // The subject of the mail.
            new CalledUnmasked(LOGBACK + "net/SMTPAppenderBase", LAYOUT, "doLayout", DO_LAYOUT),
            // Other encoders and layouts, JSON ones too, in whichever appender: by what they extend.
            new Shown(OF_A_CONTEXT, "<init>", "()V", Bridge.SUBCLASS),
            new Shown(OF_A_CONTEXT, "<init>", "(L" + LOGBACK + "spi/ContextAware;)V", Bridge.SUBCLASS),
            // Those that extend nothing of the framework's.
            new CalledUnmasked(LOGBACK + "OutputStreamAppender", ENCODER, "encode", ENCODE),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "headerBytes", "()[B"),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "footerBytes", "()[B"),

            // Its Logstash encoder, which would write to a socket in pieces.
            new NotInstance(LOGSTASH_TCP, LOGSTASH + "encoder/StreamingEncoder"),
            new CalledUnmasked(LOGSTASH_TCP, ENCODER, "encode", ENCODE),
            new CalledUnmasked(LOGSTASH + "appender/AbstractLogstashUdpSocketAppender", LAYOUT, "doLayout", DO_LAYOUT),
            // Loki4j's labels and metadata before 2.0, which are not in the layout's text.
            new Argument(
                    LOKI + "client/batch/LogRecordStream",
                    "create",
                    "([" + STRING + ")L" + LOKI + "client/batch/LogRecordStream;"),
            new Returned(
                    LOKI + "logback/AbstractLoki4jEncoder",
                    "eventToMetadata",
                    "(Lch/qos/logback/classic/spi/ILoggingEvent;)[" + STRING),
            // What it tells of itself, of a configuration's values too, which may be in a file of its own.
            new Passed(
                    LOGBACK + "status/OnPrintStreamStatusListenerBase",
                    "java/io/PrintStream",
                    "print",
                    "(Ljava/lang/Object;)V"),
            // What appenders are handed that take events apart.
            new Handed(LOGBACK + "spi/AppenderAttachableImpl", APPENDER, "doAppend", DO_APPEND),
            new Handed(LOGBACK + "sift/SiftingAppenderBase", APPENDER, "doAppend", DO_APPEND),
            // Events: those that are sent, and those that are asked for.
            new Made(LOGBACK + "net/ObjectWriterFactory", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOGBACK + "net/server/RemoteReceiverStreamClient", OBJECTS, TO_OUTPUT, Bridge.OBJECTS));

    private LogbackRules() {}
}
