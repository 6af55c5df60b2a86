package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.ForEvent;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Returned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of rules. Text is masked where it is whole and not yet encoded: after the layout, before the bytes. (Masking
 * events instead would change what filters and the application's own appenders see.)
 */
final class Rules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String SERIALIZABLE = "Ljava/io/Serializable;";

    private static final String JUL = "java/util/logging/";
    private static final String FORMAT = "(L" + JUL + "LogRecord;)" + STRING;

    private static final String LOGBACK = "ch/qos/logback/core/";
    private static final String DO_LAYOUT = "(Ljava/lang/Object;)" + STRING;
    private static final String LOGSTASH = "net/logstash/logback/";
    private static final String LOGSTASH_TCP =
            LOGSTASH + "appender/AbstractLogstashTcpSocketAppender$TcpSendingEventHandler";

    private static final String LOG4J = "org/apache/logging/log4j/core/";
    private static final String EVENT = "(L" + LOG4J + "LogEvent;)";
    private static final String ENCODE = "(Ljava/lang/StringBuilder;L" + LOG4J + "layout/ByteBufferDestination;)V";
    private static final String TEMPLATE = "org/apache/logging/log4j/layout/template/json/JsonTemplateLayout";
    private static final String LOOKUP = "(L" + LOG4J + "LogEvent;" + STRING + ")" + STRING;

    private static final String LOG4J_1 = "org/apache/log4j/";
    private static final String TINYLOG = "org/tinylog/";

    private static final List<Rule> ALL = List.of(
            // JUL: the formatters of the JDK wherever they are used, and any formatter in the JDK's handlers.
            new Returned(JUL + "SimpleFormatter", "format", FORMAT),
            new Returned(JUL + "XMLFormatter", "format", FORMAT),
            new Called(JUL + "StreamHandler", JUL + "Formatter", "format", FORMAT),

            // Tomcat JULI: any formatter in its file handlers; its console handler is the JDK's.
            new Called("org/apache/juli/FileHandler", JUL + "Formatter", "format", FORMAT),

            // JBoss LogManager: any formatter of its kind, for it is final there, and any other in its handlers.
            new Returned("org/jboss/logmanager/ExtFormatter", "format", FORMAT),
            new Called("org/jboss/logmanager/handlers/WriterHandler", JUL + "Formatter", "format", FORMAT),
            new Called("org/jboss/logmanager/handlers/SocketHandler", JUL + "Formatter", "format", FORMAT),
            new Called("org/jboss/logmanager/handlers/SyslogHandler", JUL + "Formatter", "format", FORMAT),

            // Logback 1.2 to 1.5: any layout in the encoder of the patterns and in the appenders that have no encoder.
            new Called(LOGBACK + "encoder/LayoutWrappingEncoder", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            new Called(LOGBACK + "net/SyslogAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // The stack trace that it sends after the layout's text.
            new Called("ch/qos/logback/classic/net/SyslogAppender", "java/lang/String", "getBytes", "()[B"),
            new Called("ch/qos/logback/classic/net/SMTPAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Other encoders, JSON ones too. Private, but the same from 1.2 to 1.5.
            new Argument(LOGBACK + "OutputStreamAppender", "writeBytes", "([B)V"),
            // What prudent mode writes in its place, from 1.5.20 on.
            new Argument(LOGBACK + "FileAppender", "safeWriteBytes", "([B)V"),

            // Its Logstash encoder, which would write to a socket in pieces.
            new NotInstance(LOGSTASH_TCP, LOGSTASH + "encoder/StreamingEncoder"),
            new Called(LOGSTASH_TCP, LOGBACK + "encoder/Encoder", "encode", "(Ljava/lang/Object;)[B"),
            new Called(
                    LOGSTASH + "appender/AbstractLogstashUdpSocketAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),

            // Log4j 2, 2.17 to 2.25: what is encoded without garbage, and what is not.
            new Argument(LOG4J + "layout/StringBuilderEncoder", "encode", ENCODE),
            new Argument(LOG4J + "layout/LockingStringBuilderEncoder", "encode", ENCODE),
            new Argument(LOG4J + "layout/AbstractStringLayout", "getBytes", "(" + STRING + ")[B"),
            // The template layout has an encoder of its own in some versions.
            new Argument(TEMPLATE + "$StringBuilderEncoder", "encode", ENCODE),
            new Returned(TEMPLATE, "toSerializable", EVENT + STRING),
            // Appenders that take text instead of bytes.
            new Called(
                    LOG4J + "appender/AbstractWriterAppender",
                    LOG4J + "StringLayout",
                    "toSerializable",
                    EVENT + SERIALIZABLE),
            new Returned(LOG4J + "appender/AbstractAppender", "toSerializable", EVENT + SERIALIZABLE),
            // Layouts that bring bytes, an event at a time.
            new Called(LOG4J + "appender/AbstractOutputStreamAppender", LOG4J + "Layout", "toByteArray", EVENT + "[B"),
            new Called(LOG4J + "appender/HttpURLConnectionManager", LOG4J + "Layout", "toByteArray", EVENT + "[B"),
            new Range(LOG4J + "appender/OutputStreamManager", "writeBytes", "([BII)V"),
            // Whatever else a layout puts into the buffer: many events at a time, and not across its end.
            new Range(LOG4J + "appender/OutputStreamManager", "writeToDestination", "([BII)V"),
            new Range(LOG4J + "appender/RandomAccessFileManager", "writeToDestination", "([BII)V"),
            new Range(LOG4J + "appender/rolling/RollingRandomAccessFileManager", "writeToDestination", "([BII)V"),
            new Range(LOG4J + "appender/MemoryMappedFileManager", "write", "([BIIZ)V"),
            new Range(LOG4J + "net/TcpSocketManager", "write", "([BIIZ)V"),
            // A configuration gets the value, as the passwords of its connections need; an event does not.
            new ForEvent(LOG4J + "lookup/SystemPropertiesLookup", "lookup", LOOKUP),
            new ForEvent(LOG4J + "lookup/EnvironmentLookup", "lookup", LOOKUP),

            // Log4j 1.2 and reload4j.
            new Argument(LOG4J_1 + "helpers/QuietWriter", "write", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "helpers/CountingQuietWriter", "write", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "helpers/SyslogQuietWriter", "write", "(" + STRING + ")V"),
            new Returned(LOG4J_1 + "net/SMTPAppender", "formatBody", "()" + STRING),
            new Argument(LOG4J_1 + "net/TelnetAppender$SocketHandler", "send", "(" + STRING + ")V"),

            // tinylog 2. Its JSON writer came after 2.0.
            new Returned(
                    TINYLOG + "writers/AbstractFormatPatternWriter",
                    "render",
                    "(L" + TINYLOG + "core/LogEntry;)" + STRING),
            new Called(
                    TINYLOG + "writers/JsonWriter", "java/lang/String", "getBytes", "(Ljava/nio/charset/Charset;)[B"));

    /** Classes of which only some of the versions that are tested have what a rule names. */
    static final Set<String> IN_SOME_VERSIONS = Set.of(LOGBACK + "FileAppender");

    /** The rules by the class that they rewrite. */
    static Map<String, List<Rule>> byType() {
        Map<String, List<Rule>> byType = new HashMap<>();
        for (Rule rule : all()) {
            List<Rule> rules = byType.get(rule.type());
            if (rules == null) {
                rules = new ArrayList<>();
                byType.put(rule.type(), rules);
            }
            rules.add(rule);
        }
        return byType;
    }

    private static List<Rule> all() {
        List<Rule> all = new ArrayList<>(ALL);
        all.addAll(JdkRules.ALL);
        return all;
    }

    private Rules() {}
}
