package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.LastArgument;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Written;
import java.util.List;

/** The rules for appenders of others that are the same for every framework, and for logs without a framework. */
final class OtherRules {
    private static final String STRING = "Ljava/lang/String;";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String GELF = "biz/paluch/logging/gelf/intern/";
    private static final String NETTY_BYTES = "io/netty/buffer/ByteBuf";
    private static final String MARIADB_DUMP = "org/mariadb/jdbc/util/log/LoggerHelper";
    private static final String SUREFIRE = "org/apache/maven/surefire/api/stream/AbstractStreamEncoder";
    private static final String LAMBDA_FRAMES =
            "com/amazonaws/services/lambda/runtime/api/client/logging/FramedTelemetryLogSink";
    private static final String PRINT_STREAM = "java/io/PrintStream";
    private static final String TO_OUTPUT = "(Ljava/io/OutputStream;)V";
    private static final String GELF_MESSAGE = GELF + "GelfMessage";

    static final List<Rule> ALL = List.of(
            // logstash-gelf: a value in front of every way of it into bytes, of which some are compressed or in pieces;
            // and in front of what takes it for a number, in which it would not be known any more.
            new Passed(
                    GELF_MESSAGE,
                    GELF_MESSAGE,
                    "writeIfNotEmpty",
                    "(L" + GELF + "OutputAccessor;Z" + STRING + OBJECT + ")Z"),
            new Argument(GELF_MESSAGE, "getAdditionalFieldValue", "(" + STRING + STRING + ")" + OBJECT),
            // Sentry: each item of an envelope, before its length is told. Attachments are items too.
            new Called(
                    "io/sentry/SentryEnvelopeItem$CachedItem", "java/util/concurrent/Callable", "call", "()" + OBJECT),
            // SLF4J-simple to a file of its own, and P6Spy's log of what is sent to databases.
            new Passed("org/slf4j/simple/SimpleLoggerConfiguration", PRINT_STREAM, "<init>", TO_OUTPUT),
            new Passed("com/p6spy/engine/spy/appender/FileLogger", PRINT_STREAM, "<init>", TO_OUTPUT),
            // Ant's <record>, the log of Equinox, Hazelcast's diagnostics.
            new Passed("org/apache/tools/ant/taskdefs/RecorderEntry", PRINT_STREAM, "<init>", TO_OUTPUT),
            new Argument(
                    "org/eclipse/osgi/internal/log/EquinoxLogWriter",
                    "logForStream",
                    "(Ljava/io/OutputStream;)Ljava/io/Writer;"),
            new Passed(
                    "com/hazelcast/internal/diagnostics/DiagnosticsLogFile",
                    "java/io/PrintWriter",
                    "<init>",
                    "(Ljava/io/Writer;)V"),
            // EclipseLink's log and OpenJPA's, which have statements with what is bound to them.
            new Returned("org/eclipse/persistence/logging/AbstractSessionLog", "getWriter", "()Ljava/io/Writer;"),
            new Passed("org/apache/openjpa/lib/log/LogFactoryImpl", PRINT_STREAM, "<init>", TO_OUTPUT),
            // JRuby's standard streams, which it writes to by a native call.
            new Written("jnr/enxio/channels/Native", "write", "(ILjava/nio/ByteBuffer;)I"),
            // What Netty shows of what is sent and got, and whoever else asks it for that, as Reactor's does: sixteen
            // bytes a line, of which no line is known.
            new LastArgument(
                    NETTY_BYTES + "Util", "appendPrettyHexDump", "(Ljava/lang/StringBuilder;L" + NETTY_BYTES + ";)V"),
            new Argument(NETTY_BYTES + "Util", "prettyHexDump", "(L" + NETTY_BYTES + ";)" + STRING),
            // The drivers of MySQL and MariaDB: eight and sixteen.
            new Range("com/mysql/cj/util/StringUtils", "dumpAsHex", "([BI)" + STRING),
            new Range(MARIADB_DUMP, "hex", "([BIII)" + STRING),
            // What a JVM that Surefire or Failsafe forked tells Maven of its tests, and what these print: in frames on
            // standard output or a socket, which state the length of each text.
            new LastArgument(
                    SUREFIRE,
                    "encodeString",
                    "(Ljava/nio/charset/CharsetEncoder;Ljava/nio/ByteBuffer;" + STRING + ")V"),
            // A mask can be longer than what it takes the place of.
            new LastArgument(
                    SUREFIRE,
                    "estimateBufferLength",
                    "(ILorg/apache/maven/surefire/api/report/RunMode;Ljava/nio/charset/CharsetEncoder;II[" + STRING
                            + ")I"),
            // What a function in AWS Lambda logs, to a descriptor of its own: in frames too.
            new LastArgument(
                    LAMBDA_FRAMES,
                    "log",
                    "(Lcom/amazonaws/services/lambda/runtime/logging/LogLevel;"
                            + "Lcom/amazonaws/services/lambda/runtime/logging/LogFormat;[B)V"),
            // The traces that H2 writes beside its databases.
            new Called(
                    "org/h2/message/TraceSystem",
                    "org/h2/util/IOUtils",
                    "getBufferedWriter",
                    "(Ljava/io/OutputStream;)Ljava/io/Writer;"));

    private OtherRules() {}
}
