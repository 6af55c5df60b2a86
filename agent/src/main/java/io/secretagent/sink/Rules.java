package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Buffers;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Encoded;
import io.secretagent.sink.Rule.Encodes;
import io.secretagent.sink.Rule.ForEvent;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Splits;
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

    private static final String OBJECTS = "java/io/ObjectOutputStream";
    private static final String TO_OUTPUT = "(Ljava/io/OutputStream;)V";

    private static final String STATEMENT = "java/sql/PreparedStatement";
    private static final String SET_TEXT = "(I" + STRING + ")V";

    private static final String JUL = "java/util/logging/";
    private static final String FORMAT = "(L" + JUL + "LogRecord;)" + STRING;

    private static final String LOGBACK = "ch/qos/logback/core/";
    private static final String ENCODER = LOGBACK + "encoder/Encoder";
    private static final String DO_LAYOUT = "(Ljava/lang/Object;)" + STRING;
    private static final String LOGSTASH = "net/logstash/logback/";
    private static final String LOGSTASH_TCP =
            LOGSTASH + "appender/AbstractLogstashTcpSocketAppender$TcpSendingEventHandler";

    private static final String LOG4J = "org/apache/logging/log4j/core/";
    private static final String EVENT = "(L" + LOG4J + "LogEvent;)";
    private static final String BUFFERS = LOG4J + "layout/ByteBufferDestination";
    private static final String ENCODE = "(Ljava/lang/StringBuilder;L" + BUFFERS + ";)V";
    private static final String TEMPLATE = "org/apache/logging/log4j/layout/template/json/JsonTemplateLayout";
    private static final String LOOKUP = "(L" + LOG4J + "LogEvent;" + STRING + ")" + STRING;

    private static final String LOG4J_JDBC = LOG4J + "appender/db/jdbc/JdbcDatabaseManager";

    private static final String LOG4J_1 = "org/apache/log4j/";
    private static final String TINYLOG = "org/tinylog/";
    private static final String TINYLOG_PATTERN = TINYLOG + "pattern/";

    private static final String ACTUATOR = "org/springframework/boot/actuate/endpoint/";
    private static final String SANITIZABLE = "L" + ACTUATOR + "SanitizableData;";
    private static final String OBJECT = "Ljava/lang/Object;";

    /** The encoder of Logback that masks all that it encodes. */
    static final String MASKED_ENCODER = LOGBACK + "encoder/LayoutWrappingEncoder";

    /** What writes to Log4j 2's buffers. */
    static final String DESTINATION_HELPER = LOG4J + "layout/ByteBufferDestinationHelper";

    /** What the destinations extend that mask all bytes in their buffers when they write them. */
    static final String DESTINATION = LOG4J + "appender/OutputStreamManager";

    /** Those, and no subclass of theirs: it may write otherwise. */
    static final Set<String> MASKED_DESTINATIONS = Set.of(
            DESTINATION,
            LOG4J + "appender/FileManager",
            LOG4J + "appender/rolling/RollingFileManager",
            LOG4J + "appender/RandomAccessFileManager",
            LOG4J + "appender/rolling/RollingRandomAccessFileManager");

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
            // What it puts into the header.
            new Called(
                    "org/jboss/logmanager/handlers/SyslogHandler",
                    "org/jboss/logmanager/ExtLogRecord",
                    "getLoggerName",
                    "()" + STRING),

            // Logback 1.2 to 1.5: any layout in the encoder of the patterns and in the appenders that have no encoder.
            new Encodes(MASKED_ENCODER),
            new Called(LOGBACK + "net/SyslogAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // The stack trace that it sends after the layout's text.
            new Called("ch/qos/logback/classic/net/SyslogAppender", "java/lang/String", "getBytes", "()[B"),
            new Called("ch/qos/logback/classic/net/SMTPAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // The subject of the mail.
            new Called(LOGBACK + "net/SMTPAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Other encoders, JSON ones too.
            new Encoded(LOGBACK + "OutputStreamAppender", ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "headerBytes", "()[B"),
            new Called(LOGBACK + "OutputStreamAppender", ENCODER, "footerBytes", "()[B"),

            // Its Logstash encoder, which would write to a socket in pieces.
            new NotInstance(LOGSTASH_TCP, LOGSTASH + "encoder/StreamingEncoder"),
            new Called(LOGSTASH_TCP, ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            new Called(
                    LOGSTASH + "appender/AbstractLogstashUdpSocketAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Events: those that are sent, and those that are asked for.
            new Made(LOGBACK + "net/ObjectWriterFactory", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOGBACK + "net/server/RemoteReceiverStreamClient", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),

            // Log4j 2, 2.17 to 2.25: what is encoded without garbage, and what is not.
            new Buffers(
                    LOG4J + "layout/TextEncoderHelper",
                    "encodeText",
                    "(Ljava/nio/charset/CharsetEncoder;Ljava/nio/CharBuffer;Ljava/nio/ByteBuffer;"
                            + "Ljava/lang/StringBuilder;L" + BUFFERS + ";)V"),
            new Splits(
                    DESTINATION_HELPER, "writeToUnsynchronized", "(Ljava/nio/ByteBuffer;L" + BUFFERS + ";)V", BUFFERS),
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
            // Serialised events, whose bytes must not be touched any more.
            new Made(
                    LOG4J + "layout/SerializedLayout",
                    LOG4J + "layout/SerializedLayout$PrivateObjectOutputStream",
                    "(L" + LOG4J + "layout/SerializedLayout;Ljava/io/OutputStream;)V",
                    Bridge.HEADLESS_OBJECTS),
            // Databases: by column, of a pattern or of the event itself.
            new Called(LOG4J_JDBC, LOG4J + "layout/PatternLayout", "toSerializable", EVENT + STRING),
            new Called(LOG4J_JDBC, LOG4J + "StringLayout", "toSerializable", EVENT + SERIALIZABLE),
            new Passed(LOG4J_JDBC, STATEMENT, "setObject", "(ILjava/lang/Object;)V"),
            // A configuration gets the value, as the passwords of its connections need; an event does not.
            new ForEvent(LOG4J + "lookup/SystemPropertiesLookup", "lookup", LOOKUP),
            new ForEvent(LOG4J + "lookup/EnvironmentLookup", "lookup", LOOKUP),

            // Log4j 1.2 and reload4j.
            new Argument(LOG4J_1 + "helpers/QuietWriter", "write", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "helpers/CountingQuietWriter", "write", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "helpers/SyslogQuietWriter", "write", "(" + STRING + ")V"),
            new Returned(LOG4J_1 + "net/SMTPAppender", "formatBody", "()" + STRING),
            new Argument(LOG4J_1 + "net/TelnetAppender$SocketHandler", "send", "(" + STRING + ")V"),
            // Events.
            new Made(LOG4J_1 + "net/SocketAppender", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOG4J_1 + "net/SocketAppender$Connector", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOG4J_1 + "net/SocketHubAppender$ServerMonitor", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),

            // tinylog 2. Its JSON writer came after 2.0.
            new Returned(
                    TINYLOG + "writers/AbstractFormatPatternWriter",
                    "render",
                    "(L" + TINYLOG + "core/LogEntry;)" + STRING),
            new Called(
                    TINYLOG + "writers/JsonWriter", "java/lang/String", "getBytes", "(Ljava/nio/charset/Charset;)[B"),
            // Its writer to databases, which asks the pattern of each column.
            new Passed(TINYLOG_PATTERN + "BundleToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "MessageToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "ExceptionToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "MessageAndExceptionToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "ThreadNameToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "ThreadContextToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "LoggerTagToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "PlainTextToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "IndentationToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "MinimumSizeToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "MaximumSizeToken", STATEMENT, "setString", SET_TEXT),
            new Passed(TINYLOG_PATTERN + "SizeToken", STATEMENT, "setString", SET_TEXT));

    /** What a class has not in every version that is masked. */
    private static final List<Rule> IN_SOME_VERSIONS = List.of(
            // Prudent mode, from 1.5.20 on.
            new Encoded(LOGBACK + "FileAppender", ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            // Logback's database appender: an artifact of its own, and none of 1.5.
            new Passed("ch/qos/logback/classic/db/DBAppender", STATEMENT, "setString", SET_TEXT),
            // The statement with the text in it, and the one that reload4j prepares.
            new Called(
                    LOG4J_1 + "jdbc/JDBCAppender",
                    LOG4J_1 + "jdbc/JDBCAppender",
                    "getLogStatement",
                    "(L" + LOG4J_1 + "spi/LoggingEvent;)" + STRING),
            new Passed(LOG4J_1 + "jdbc/JdbcPatternParser", STATEMENT, "setString", SET_TEXT),
            // Spring Boot's /env and /configprops when they are told to show values: from 3.0 on, in 2.6 and 2.7, and
            // always before.
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + SANITIZABLE + "Z)" + OBJECT),
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + SANITIZABLE + ")" + OBJECT),
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + STRING + OBJECT + ")" + OBJECT));

    /** Classes that have nothing of what the rules name in some of the versions that are masked. */
    static final Set<String> UNRULED_IN_SOME_VERSIONS = Set.of(LOGBACK + "FileAppender", LOG4J_1 + "jdbc/JDBCAppender");

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
        List<Rule> all = everywhere();
        all.addAll(IN_SOME_VERSIONS);
        return all;
    }

    /** Those that hold wherever the class that they name is. */
    static List<Rule> everywhere() {
        List<Rule> everywhere = new ArrayList<>(ALL);
        everywhere.addAll(JdkRules.ALL);
        return everywhere;
    }

    static List<Rule> inSomeVersions() {
        return IN_SOME_VERSIONS;
    }

    private Rules() {}
}
