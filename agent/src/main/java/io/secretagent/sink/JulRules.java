package io.secretagent.sink;

import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.Returned;
import java.util.List;

/** The rules for java.util.logging and what is built upon it: Tomcat JULI and the JBoss LogManager. */
final class JulRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String JUL = "java/util/logging/";
    private static final String PUBLISH = "(L" + JUL + "LogRecord;)V";
    private static final String FORMAT = "(L" + JUL + "LogRecord;)" + STRING;

    static final List<Rule> ALL = List.of(
            // JUL: the formatters of the JDK wherever they are used, and any formatter in the JDK's handlers.
            new Returned(JUL + "SimpleFormatter", "format", FORMAT),
            new Returned(JUL + "XMLFormatter", "format", FORMAT),
            new Called(JUL + "StreamHandler", JUL + "Formatter", "format", FORMAT),

            // What handlers are handed that take records apart.
            new Handed(JUL + "Logger", JUL + "Handler", "publish", PUBLISH),
            new Handed("org/jboss/logmanager/LoggerNode", JUL + "Handler", "publish", PUBLISH),

            // Tomcat JULI: any formatter in its file handlers; its console handler is the JDK's.
            new Called("org/apache/juli/FileHandler", JUL + "Formatter", "format", FORMAT),

            // JBoss LogManager: any formatter in its handlers.
            new Called("org/jboss/logmanager/handlers/WriterHandler", JUL + "Formatter", "format", FORMAT),
            new Called("org/jboss/logmanager/handlers/SocketHandler", JUL + "Formatter", "format", FORMAT),
            new Called("org/jboss/logmanager/handlers/SyslogHandler", JUL + "Formatter", "format", FORMAT),
            // What it puts into the header.
            new Called(
                    "org/jboss/logmanager/handlers/SyslogHandler",
                    "org/jboss/logmanager/ExtLogRecord",
                    "getLoggerName",
                    "()" + STRING));

    private JulRules() {}
}
