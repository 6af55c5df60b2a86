package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Buffers;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.ForEvent;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Shown;
import io.secretagent.sink.Rule.Splits;
import java.util.List;
import java.util.Set;

/** The rules for Log4j 2. */
final class Log4jRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String SERIALIZABLE = "Ljava/io/Serializable;";
    private static final String STATEMENT = "java/sql/PreparedStatement";
    private static final String STATUS = "org/apache/logging/log4j/status/";
    private static final String LOG4J = "org/apache/logging/log4j/core/";
    private static final String FRAME = "()[B";
    private static final String EVENT = "(L" + LOG4J + "LogEvent;)";
    private static final String STRING_LAYOUT = LOG4J + "layout/AbstractStringLayout";
    private static final String BUFFERS = LOG4J + "layout/ByteBufferDestination";
    private static final String TEMPLATE = "org/apache/logging/log4j/layout/template/json/JsonTemplateLayout";
    private static final String LOOKUP = "(L" + LOG4J + "LogEvent;" + STRING + ")" + STRING;
    private static final String LOG4J_JDBC = LOG4J + "appender/db/jdbc/JdbcDatabaseManager";

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

    /** What layouts extend. */
    static final String LAYOUT = LOG4J + "layout/AbstractLayout";

    /** Layouts that have rules of their own, one that brings no text itself, and one whose bytes must not be touched. */
    static final Set<String> LAYOUTS_RULED_BY_NAME =
            Set.of(LOG4J + "layout/PatternLayout", STRING_LAYOUT, LOG4J + "layout/SerializedLayout");

    static final List<Rule> ALL = List.of(
            // Log4j 2, 2.17 to 2.25: what is encoded without garbage, and what is not.
            new Buffers(
                    LOG4J + "layout/TextEncoderHelper",
                    "encodeText",
                    "(Ljava/nio/charset/CharsetEncoder;Ljava/nio/CharBuffer;Ljava/nio/ByteBuffer;"
                            + "Ljava/lang/StringBuilder;L" + BUFFERS + ";)V"),
            new Splits(
                    DESTINATION_HELPER, "writeToUnsynchronized", "(Ljava/nio/ByteBuffer;L" + BUFFERS + ";)V", BUFFERS),
            new Argument(STRING_LAYOUT, "getBytes", "(" + STRING + ")[B"),
            // The template layout extends nothing; its encoder ends in the one above.
            new Returned(TEMPLATE, "toSerializable", EVENT + STRING),
            // Appenders that take text instead of bytes.
            new Called(
                    LOG4J + "appender/AbstractWriterAppender",
                    LOG4J + "StringLayout",
                    "toSerializable",
                    EVENT + SERIALIZABLE),
            new Returned(LOG4J + "appender/AbstractAppender", "toSerializable", EVENT + SERIALIZABLE),
            // Appenders of others, which ask the layout of patterns for text, or any other, which is known by what it
            // extends.
            new Returned(LOG4J + "layout/PatternLayout", "toSerializable", EVENT + STRING),
            new Shown(LAYOUT, "<init>", "(L" + LOG4J + "config/Configuration;", Bridge.SUBCLASS),
            // What comes before the first event and after the last.
            new Returned(LAYOUT, "getHeader", FRAME),
            new Returned(LAYOUT, "getFooter", FRAME),
            new Returned(STRING_LAYOUT, "getHeader", FRAME),
            new Returned(STRING_LAYOUT, "getFooter", FRAME),
            new Called(LOG4J + "appender/OutputStreamManager", LOG4J + "Layout", "getHeader", FRAME),
            new Called(LOG4J + "appender/WriterManager", LOG4J + "StringLayout", "getHeader", FRAME),
            new Called(LOG4J + "appender/WriterManager", LOG4J + "StringLayout", "getFooter", FRAME),
            // The subject of a mail.
            new Called(
                    LOG4J + "net/SmtpManager",
                    LOG4J + "layout/AbstractStringLayout$Serializer",
                    "toSerializable",
                    EVENT + STRING),
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
            // What it tells of itself, of a configuration's values too, which may be in a file of its own.
            new Called(STATUS + "StatusConsoleListener", STATUS + "StatusData", "getFormattedStatus", "()" + STRING),
            // What appenders are handed that take events apart.
            new Handed(LOG4J + "config/AppenderControl", LOG4J + "Appender", "append", EVENT + "V"),
            // Databases: by column, of a layout or of the event itself.
            new Called(LOG4J_JDBC, LOG4J + "StringLayout", "toSerializable", EVENT + SERIALIZABLE),
            new Passed(LOG4J_JDBC, STATEMENT, "setObject", "(ILjava/lang/Object;)V"),
            // A configuration gets the value, as the passwords of its connections need; an event does not.
            new ForEvent(LOG4J + "lookup/SystemPropertiesLookup", "lookup", LOOKUP),
            new ForEvent(LOG4J + "lookup/EnvironmentLookup", "lookup", LOOKUP));

    private Log4jRules() {}
}
