package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.rmi.server.RMIServerSocketFactory;
import java.util.Map;
import java.util.Properties;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import org.jspecify.annotations.Nullable;

/** Prints the system properties in the JVM's own ways, and ends when it is told to. */
public final class PrintsProperties {

    public static void main(String[] arguments) throws Exception {
        String secret = System.getProperty("canary");
        Properties padded = new Properties();
        padded.setProperty("padded", "x".repeat(25) + secret);
        padded.list(System.out);
        padded.list(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.getProperties().list(System.out);
        System.out.println("bean "
                + shown(ManagementFactory.getRuntimeMXBean()
                        .getSystemProperties()
                        .get("canary")));
        System.out.println("jmx " + shown(overJmx()));
        System.out.println("diagnostic " + shown(diagnostic()));
        System.out.println(System.getProperties());
        System.getProperties().store(System.out, null);
        System.getProperties().storeToXML(System.out, null);
        JMXConnectorServer server = connectors();
        System.out.println("connect " + server.getAddress());
        System.out.println("raw " + ("x".repeat(25) + secret).equals(padded.getProperty("padded")));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // The test is done with this JVM when it closes the pipe.
        }
        server.stop();
    }

    /** Remote JMX, on the loopback address only. */
    private static JMXConnectorServer connectors() throws IOException {
        RMIServerSocketFactory loopback = port -> new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0),
                Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopback),
                ManagementFactory.getPlatformMBeanServer());
        server.start();
        return server;
    }

    /** What jcmd's VM.system_properties shows of the secret, without jcmd. */
    private static @Nullable Object diagnostic() throws Exception {
        Object all = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmSystemProperties",
                        new Object[0],
                        new String[0]);
        Properties read = new Properties();
        read.load(new StringReader(all.toString()));
        return read.get("canary");
    }

    /** Without the masking of what is printed. */
    private static String shown(@Nullable Object value) {
        return "***".equals(value) ? "masked" : "raw";
    }

    private static @Nullable Object overJmx() throws Exception {
        TabularData properties = (TabularData) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("java.lang:type=Runtime"), "SystemProperties");
        CompositeData canary = properties.get(new Object[] {"canary"});
        if (canary == null) {
            throw new IOException("no such property");
        }
        return canary.get("value");
    }

    private PrintsProperties() {}
}
