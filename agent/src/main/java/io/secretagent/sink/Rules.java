package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Returned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of rules. Text is masked where it is whole and not yet encoded: after the layout, before the bytes. (Masking
 * events instead would change what filters and the application's own appenders see.)
 */
final class Rules {
    private static final String JUL = "java/util/logging/";
    private static final String LOGBACK = "ch/qos/logback/core/";
    private static final String LOG4J = "org/apache/logging/log4j/core/layout/";

    private static final String DO_LAYOUT = "(Ljava/lang/Object;)Ljava/lang/String;";
    private static final String FORMAT = "(Ljava/util/logging/LogRecord;)Ljava/lang/String;";
    private static final String ENCODE = "(Ljava/lang/StringBuilder;" + "L" + LOG4J + "ByteBufferDestination;)V";

    private static final List<Rule> ALL = List.of(
            // JUL: the formatters of the JDK wherever they are used, and any formatter in the JDK's handlers.
            new Returned(JUL + "SimpleFormatter", "format", FORMAT),
            new Returned(JUL + "XMLFormatter", "format", FORMAT),
            new Called(JUL + "StreamHandler", JUL + "Formatter", "format", FORMAT),

            // Logback 1.2 to 1.5: any layout in the encoder of the patterns and in the appenders that have no encoder.
            new Called(LOGBACK + "encoder/LayoutWrappingEncoder", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            new Called(LOGBACK + "net/SyslogAppenderBase", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            new Called("ch/qos/logback/classic/net/SMTPAppender", LOGBACK + "Layout", "doLayout", DO_LAYOUT),
            // Other encoders. Private, but the same from 1.2 to 1.5.
            new Argument(LOGBACK + "OutputStreamAppender", "writeBytes", "([B)V"),

            // Log4j 2, 2.17 to 2.25: what is encoded without garbage, and what is not.
            new Argument(LOG4J + "StringBuilderEncoder", "encode", ENCODE),
            new Argument(LOG4J + "LockingStringBuilderEncoder", "encode", ENCODE),
            new Argument(LOG4J + "AbstractStringLayout", "getBytes", "(Ljava/lang/String;)[B"));

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
