package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Passed;
import java.util.List;

/** The rules for what servers write without a logging framework: who asked for what, and Open Liberty's own log. */
final class ServerRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String ACCESS_LOG = "org/apache/catalina/valves/AbstractAccessLogValve";
    private static final String JETTY = "org/eclipse/jetty/server/";
    private static final String UNDERTOW = "io/undertow/server/handlers/accesslog/";
    private static final String QUARKUS = "io/quarkus/vertx/http/runtime/filters/accesslog/";
    private static final String GRIZZLY = "org/glassfish/grizzly/http/server/accesslog/";
    private static final String LIBERTY = "com/ibm/ws/logging/";
    private static final String LIBERTY_ACCESS = "com/ibm/ws/http/logging/internal/";
    private static final String LOG_MESSAGE = "(" + STRING + ")V";

    /** Of servers that come as a whole only, too large for a test: the versions they were tried with are in the docs. */
    static final List<Rule> OF_WHOLE_SERVERS = List.of(
            // GlassFish's and Payara's: many requests at once, and each as a whole.
            new Called("com/sun/enterprise/web/PEAccessLogValve", "java/nio/CharBuffer", "toString", "()" + STRING),
            // Open Liberty: the files of messages and traces, the incidents, who asked for what.
            new Argument(LIBERTY + "utils/FileLogHolder", "writeRecord", LOG_MESSAGE),
            new Passed(
                    LIBERTY + "internal/impl/IncidentStreamImpl",
                    "java/io/PrintStream",
                    "<init>",
                    "(Ljava/io/OutputStream;)V"),
            new Called(
                    LIBERTY_ACCESS + "AccessLogger",
                    "com/ibm/wsspi/http/channel/HttpChannelUtils",
                    "getBytes",
                    "(Ljava/lang/StringBuilder;)[B"),
            // Coherence's own log, and Spark's log of events, the first of which lists the properties.
            new Passed(
                    "com/tangosol/coherence/component/util/logOutput/Standard",
                    "java/io/PrintStream",
                    "<init>",
                    "(Ljava/io/OutputStream;)V"),
            new Argument("org/apache/spark/deploy/history/EventLogFileWriter", "writeLine", "(" + STRING + "Z)V"));

    static final List<Rule> ALL = List.of(
            // Tomcat's valves, and those that extend them.
            new Passed(ACCESS_LOG, ACCESS_LOG, "log", "(Ljava/io/CharArrayWriter;)V"),
            // Jetty's, which others call too.
            new Argument(JETTY + "RequestLogWriter", "write", LOG_MESSAGE),
            // Undertow's, WildFly's too, and the one of Quarkus, whoever receives it.
            new Passed(
                    UNDERTOW + "AccessLogHandler$AccessLogCompletionListener",
                    UNDERTOW + "AccessLogReceiver",
                    "logMessage",
                    LOG_MESSAGE),
            new Argument(QUARKUS + "DefaultAccessLogReceiver", "logMessage", LOG_MESSAGE),
            // Grizzly's, to whichever file.
            new Passed(GRIZZLY + "AccessLogProbe", GRIZZLY + "AccessLogAppender", "append", LOG_MESSAGE));

    private ServerRules() {}
}
