package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.CalledUnmasked;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.LastArgument;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Returned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of rules. Text is masked where it is whole and not yet encoded: after the layout, before the bytes. (Masking
 * events instead would change what filters see: only who takes one apart is handed another.)
 */
final class Rules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String STATEMENT = "java/sql/PreparedStatement";
    private static final String SET_TEXT = "(I" + STRING + ")V";
    private static final String LOGBACK = "ch/qos/logback/core/";
    private static final String ENCODER = LOGBACK + "encoder/Encoder";
    private static final String LOG4J_1 = "org/apache/log4j/";
    private static final String ACTUATOR = "org/springframework/boot/actuate/endpoint/";
    private static final String SANITIZABLE = "L" + ACTUATOR + "SanitizableData;";
    private static final String OBJECT = "Ljava/lang/Object;";

    private static final String LOKI_APPENDER = "com/github/loki4j/logback/Loki4jAppender";
    private static final String TO_MAP = "(Lch/qos/logback/classic/spi/ILoggingEvent;)Ljava/util/Map;";
    private static final String HANDLER = "java/util/logging/Handler";
    private static final String PUBLISH = "(Ljava/util/logging/LogRecord;)V";
    private static final String DERBY = "org/apache/derby/";
    private static final String DERBY_LOG = DERBY + "impl/services/stream/BasicHeaderPrintWriter";
    private static final String DERBY_HEADER_END = "stream/PrintWriterGetHeader;Z" + STRING + ")V";
    private static final String DERBY_HEADER_10_14 = "L" + DERBY + "iapi/services/" + DERBY_HEADER_END;
    private static final String DERBY_HEADER = "L" + DERBY + "shared/common/" + DERBY_HEADER_END;

    private static final String RECORDER_17 = "jdk/jfr/internal/instrument/ThrowableTracer";
    private static final String RECORDER = "jdk/internal/event/ThrowableTracer";

    /** What a class has not in every version that is masked. */
    private static final List<Rule> IN_SOME_VERSIONS = List.of(
            // Prudent mode, from 1.5.20 on.
            new CalledUnmasked(LOGBACK + "FileAppender", ENCODER, "encode", "(Ljava/lang/Object;)[B"),
            // What JBoss's handlers hand on to others behind them, the asynchronous one too: from 3.0 on, and in 2.1.
            new Handed("org/jboss/logmanager/ExtHandler", HANDLER, "publish", PUBLISH),
            new Handed("org/jboss/logmanager/handlers/AsyncHandler$AsyncTask", HANDLER, "publish", PUBLISH),
            // Logback's database appender: an artifact of its own, and none of 1.5.
            new Passed("ch/qos/logback/classic/db/DBAppender", STATEMENT, "setString", SET_TEXT),
            // The statement with the text in it, and the one that reload4j prepares.
            new Called(
                    LOG4J_1 + "jdbc/JDBCAppender",
                    LOG4J_1 + "jdbc/JDBCAppender",
                    "getLogStatement",
                    "(L" + LOG4J_1 + "spi/LoggingEvent;)" + STRING),
            new Passed(LOG4J_1 + "jdbc/JdbcPatternParser", STATEMENT, "setString", SET_TEXT),
            // Loki4j's labels and metadata from 2.0 on, which are not in the layout's text.
            new Returned(LOKI_APPENDER, "extractStream", TO_MAP),
            new Returned(LOKI_APPENDER, "extractMetadata", TO_MAP),
            // SLF4J-simple 1.7 to a file of its own.
            new Passed(
                    "org/slf4j/impl/SimpleLoggerConfiguration",
                    "java/io/PrintStream",
                    "<init>",
                    "(Ljava/io/OutputStream;)V"),
            // Derby's log, whichever stream or writer it goes to: until 10.14, and from 10.15 on.
            new Argument(DERBY_LOG, "<init>", "(Ljava/io/OutputStream;" + DERBY_HEADER_10_14),
            new Argument(DERBY_LOG, "<init>", "(Ljava/io/Writer;" + DERBY_HEADER_10_14),
            new Argument(DERBY_LOG, "<init>", "(Ljava/io/OutputStream;" + DERBY_HEADER),
            new Argument(DERBY_LOG, "<init>", "(Ljava/io/Writer;" + DERBY_HEADER),
            // The flight recorder's events of errors and exceptions: until JDK 21, and since.
            new LastArgument(RECORDER_17, "traceError", "(Ljava/lang/Error;" + STRING + ")V"),
            new LastArgument(RECORDER_17, "traceThrowable", "(Ljava/lang/Throwable;" + STRING + ")V"),
            new LastArgument(RECORDER, "traceError", "(Ljava/lang/Class;" + STRING + ")V"),
            new LastArgument(RECORDER, "traceThrowable", "(Ljava/lang/Class;" + STRING + ")V"),
            // Jetty 9's older request log, which wrote by itself in 9.4.11, and has the newer one write in 9.4.57.
            new Argument("org/eclipse/jetty/server/NCSARequestLog", "write", "(" + STRING + ")V"),
            // Spring Boot's /env and /configprops when they are told to show values: from 3.0 on, in 2.6 and 2.7, and
            // always before.
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + SANITIZABLE + "Z)" + OBJECT),
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + SANITIZABLE + ")" + OBJECT),
            new Returned(ACTUATOR + "Sanitizer", "sanitize", "(" + STRING + OBJECT + ")" + OBJECT));

    /** Classes that have nothing of what the rules name in some of the versions that are masked. */
    static final Set<String> UNRULED_IN_SOME_VERSIONS = Set.of(
            LOGBACK + "FileAppender",
            LOG4J_1 + "jdbc/JDBCAppender",
            LOKI_APPENDER,
            "com/github/loki4j/logback/AbstractLoki4jEncoder",
            OpenTelemetryRules.EXTENDED_BUILDER,
            RECORDER_17,
            RECORDER,
            "org/jboss/logmanager/ExtHandler",
            "org/jboss/logmanager/handlers/AsyncHandler$AsyncTask");

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
        all.addAll(inSomeVersions());
        all.addAll(OpenTelemetryRules.OF_ITS_AGENT);
        all.addAll(ReportRules.OF_AGENTS);
        return all;
    }

    /** Those that hold wherever the class that they name is. */
    static List<Rule> everywhere() {
        List<Rule> everywhere = new ArrayList<>(JulRules.ALL);
        everywhere.addAll(LogbackRules.ALL);
        everywhere.addAll(Log4jRules.ALL);
        everywhere.addAll(OlderRules.ALL);
        everywhere.addAll(OtherRules.ALL);
        everywhere.addAll(OpenTelemetryRules.ALL);
        everywhere.addAll(ReportRules.ALL);
        everywhere.addAll(ServerRules.ALL);
        everywhere.addAll(ServerRules.OF_WHOLE_SERVERS);
        everywhere.addAll(JdkRules.ALL);
        return everywhere;
    }

    static List<Rule> inSomeVersions() {
        List<Rule> some = new ArrayList<>(IN_SOME_VERSIONS);
        some.addAll(OpenTelemetryRules.IN_SOME_VERSIONS);
        return some;
    }

    private Rules() {}
}
