package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The process that records.
 *
 * @param command what it runs, without arguments: they are not ours to write down
 */
public record Origin(String host, long pid, String command) {

    /** This process as {@code secret-agent COMMAND}. */
    public static Origin ofCommand(String command) {
        return new Origin(thisHost(), ProcessHandle.current().pid(), "secret-agent " + command);
    }

    /** This process as the application: its main class or jar. */
    public static Origin ofApplication() {
        String command = System.getProperty("sun.java.command", "java");
        int end = command.indexOf(' ');
        return new Origin(thisHost(), ProcessHandle.current().pid(), end < 0 ? command : command.substring(0, end));
    }

    /** What the kernel calls this host. {@code InetAddress} would load the network and ask for an address. */
    private static String thisHost() {
        try (InputStream in = new FileInputStream("/proc/sys/kernel/hostname")) {
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            String variable = System.getenv("HOSTNAME");
            return variable == null ? "?" : variable;
        }
    }
}
