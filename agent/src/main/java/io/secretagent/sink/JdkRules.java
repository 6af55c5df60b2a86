package io.secretagent.sink;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.CalledIn;
import io.secretagent.sink.Rule.Receiver;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Shown;
import io.secretagent.sink.Rule.Written;
import java.util.List;

/** The rules for the JDK's own classes: what reaches descriptors 1 and 2, and what prints system properties. */
final class JdkRules {
    private static final String FILE_OUTPUT = "java/io/FileOutputStream";
    private static final String RANDOM_ACCESS = "java/io/RandomAccessFile";
    private static final String CHANNELS = "sun/nio/ch/";
    private static final String FROM_DESCRIPTOR = "(Ljava/io/FileDescriptor;";
    private static final String HEX_DUMP = "sun/security/util/HexDumpEncoder";
    private static final String FORMATTER = "java/util/logging/Formatter";
    private static final String FORMAT = "(Ljava/util/logging/LogRecord;)Ljava/lang/String;";

    static final List<Rule> ALL = List.of(
            // Whoever writes to a descriptor. Where a method delegates to another one here, the first has it.
            new Written(FILE_OUTPUT, "write", "(I)V"),
            new Written(FILE_OUTPUT, "write", "([B)V"),
            new Written(FILE_OUTPUT, "write", "([BII)V"),
            new Written(FILE_OUTPUT, "close", "()V"),
            new Written(RANDOM_ACCESS, "write", "(I)V"),
            new Written(RANDOM_ACCESS, "write", "([B)V"),
            new Written(RANDOM_ACCESS, "write", "([BII)V"),
            new Written(RANDOM_ACCESS, "writeBytes", "(Ljava/lang/String;)V"),
            // What every channel ends in, after its checks; its own methods differ by version.
            new Written(CHANNELS + "IOUtil", "write", FROM_DESCRIPTOR + "Ljava/nio/ByteBuffer;"),
            new Written(CHANNELS + "IOUtil", "write", FROM_DESCRIPTOR + "[Ljava/nio/ByteBuffer;"),

            // What takes the place of a standard stream.
            new Shown("java/lang/System", "setOut", "(Ljava/io/PrintStream;)V", Bridge.REPLACED_OUT),
            new Shown("java/lang/System", "setErr", "(Ljava/io/PrintStream;)V", Bridge.REPLACED_ERR),

            // Files that are opened: /dev/stdout and its like are known by their identity, not by a name.
            // Another object for descriptor 1 than FileDescriptor.out can be made by reflection, as JLine 3 did.
            new Shown(FILE_OUTPUT, "<init>", FROM_DESCRIPTOR + ")V", Bridge.OPENED),
            new Shown("java/io/FileCleanable", "register", FROM_DESCRIPTOR, Bridge.OPENED),
            new Shown(CHANNELS + "FileChannelImpl", "open", FROM_DESCRIPTOR, Bridge.OPENED),
            new Shown(CHANNELS + "SimpleAsynchronousFileChannelImpl", "open", FROM_DESCRIPTOR, Bridge.OPENED),

            // A child may inherit the descriptors: what is held comes before what it writes. And the environment.
            new Receiver("java/lang/ProcessBuilder", "start", "([Ljava/lang/ProcessBuilder$Redirect;", Bridge.STARTING),

            // jcmd VM.system_properties, jinfo -sysprops, the DiagnosticCommand MBean; then the RuntimeMXBean.
            new Argument("jdk/internal/vm/VMSupport", "serializePropertiesToByteArray", "(Ljava/util/Properties;)[B"),
            new Returned("sun/management/RuntimeImpl", "getSystemProperties", "()Ljava/util/Map;"),
            // Cuts a value after 37 characters: what is left of it would not be known any more.
            new CalledIn("java/util/Properties", "list", "java/util/Map$Entry", "getValue", "()Ljava/lang/Object;"),
            // What drivers and the exceptions of databases tell it.
            new Argument("java/sql/DriverManager", "setLogWriter", "(Ljava/io/PrintWriter;)V"),
            // What -Djavax.net.debug=all shows of what is sent and got: sixteen bytes a line, of which no line is
            // known.
            new Argument(HEX_DUMP, "encodeBuffer", "(Ljava/io/InputStream;Ljava/io/OutputStream;)V"),
            // JUL's formatters of whatever name, in whatever handler. A handler that sends the record's message itself,
            // without a formatter, is not reached.
            new Shown(FORMATTER, "<init>", "()V", Bridge.SUBCLASS),
            new Returned(FORMATTER, "formatMessage", FORMAT));

    private JdkRules() {}
}
