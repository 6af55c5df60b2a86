package io.secretagent.sink;

import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.CalledUnmasked;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Returned;
import java.util.List;

/** The rules for Logback, and for the Logstash encoder that goes with it. */
final class LogbackRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECTS = "java/io/ObjectOutputStream";
    private static final String TO_OUTPUT = "(Ljava/io/OutputStream;)V";
    private static final String LOGBACK = "ch/qos/logback/core/";
    private static final String ENCODER = LOGBACK + "encoder/Encoder";
    private static final String DO_LAYOUT = "(Ljava/lang/Object;)" + STRING;
    private static final String LOGSTASH = "net/logstash/logback/";
    private static final String LOGSTASH_TCP =
            LOGSTASH + "appender/AbstractLogstashTcpSocketAppender$TcpSendingEventHandler";

    /** The layout of Logback that masks all that it brings, to whichever appender. */
    static final String MASKED_LAYOUT = "ch/qos/logback/classic/PatternLayout";

    /** Its encoder that does, with whichever layout. */
    static final String MASKED_ENCODER = LOGBACK + "encoder/LayoutWrappingEncoder";

    static final List<Rule> ALL = List.of(
            // Logback 1.2 to 1.5: the layout of the patterns for whoever asks it, as many appenders of others do, and
            // any
            // other in the encoder of layouts and in the appenders that have no encoder.
            new Returned(MASKED_LAYOUT, "doLayout", "(Lch/qos/logback/classic/spi/ILoggingEvent;)" + STRING),
            new CalledUnmasked(MASKED_ENCODER, LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            new Called(LOGBACK + "net/SyslogAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // The stack trace that it sends after the layout's text.
            new Called("ch/qos/logback/classic/net/SyslogAppender", "java/lang/String", "getBytes", "()[B"),
            new Called("ch/qos/logback/classic/net/SMTPAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // The subject of the mail.
            new Called(LOGBACK + "net/SMTPAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Other encoders, JSON ones too.
            new CalledUnmasked(LOGBACK + "OutputStreamAppender", ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "headerBytes", "()[B"),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "footerBytes", "()[B"),

            // Its Logstash encoder, which would write to a socket in pieces.
            new NotInstance(LOGSTASH_TCP, LOGSTASH + "encoder/StreamingEncoder"),
            new Called(LOGSTASH_TCP, ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            new Called(
                    LOGSTASH + "appender/AbstractLogstashUdpSocketAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Events: those that are sent, and those that are asked for.
            new Made(LOGBACK + "net/ObjectWriterFactory", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOGBACK + "net/server/RemoteReceiverStreamClient", OBJECTS, TO_OUTPUT, Bridge.OBJECTS));

    private LogbackRules() {}
}
