package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Returned;
import java.util.List;

/** The rules for Log4j 1.2 and for tinylog. */
final class OlderRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECTS = "java/io/ObjectOutputStream";
    private static final String TO_OUTPUT = "(Ljava/io/OutputStream;)V";
    private static final String STATEMENT = "java/sql/PreparedStatement";
    private static final String SET_TEXT = "(I" + STRING + ")V";
    private static final String LOG4J_1 = "org/apache/log4j/";
    private static final String TINYLOG = "org/tinylog/";
    private static final String TINYLOG_PATTERN = TINYLOG + "pattern/";

    static final List<Rule> ALL = List.of(
            // Log4j 1.2 and reload4j.
            new Argument(LOG4J_1 + "helpers/QuietWriter", "write", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "helpers/CountingQuietWriter", "write", "(" + STRING + ")V"),
            new Returned(LOG4J_1 + "net/SMTPAppender", "formatBody", "()" + STRING),
            // When it is configured: it is encoded on its way into a mail.
            new Argument(LOG4J_1 + "net/SMTPAppender", "setSubject", "(" + STRING + ")V"),
            new Argument(LOG4J_1 + "net/TelnetAppender$SocketHandler", "send", "(" + STRING + ")V"),
            // Events: what appenders are handed that take them apart, and those that are sent.
            new Handed(
                    LOG4J_1 + "helpers/AppenderAttachableImpl",
                    LOG4J_1 + "Appender",
                    "doAppend",
                    "(L" + LOG4J_1 + "spi/LoggingEvent;)V"),
            new Made(LOG4J_1 + "net/SocketAppender", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOG4J_1 + "net/SocketAppender$Connector", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),
            new Made(LOG4J_1 + "net/SocketHubAppender$ServerMonitor", OBJECTS, TO_OUTPUT, Bridge.OBJECTS),

            // tinylog 1.
            new Returned("org/pmw/tinylog/LogEntry", "getRenderedLogEntry", "()" + STRING),
            new Passed("org/pmw/tinylog/writers/JdbcWriter", STATEMENT, "setString", SET_TEXT),
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

    private OlderRules() {}
}
