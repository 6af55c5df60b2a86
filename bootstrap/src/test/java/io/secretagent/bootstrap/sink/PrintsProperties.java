package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
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
        System.out.println("raw " + ("x".repeat(25) + secret).equals(padded.getProperty("padded")));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // The test is done with this JVM when it closes the pipe.
        }
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
