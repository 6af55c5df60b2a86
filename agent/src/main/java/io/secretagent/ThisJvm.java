package io.secretagent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The JVM that the agent finds itself in: whether it is the one that is meant, and how it is ended. */
final class ThisJvm {

    /**
     * Flags of the launcher that print something and end. The JVM runs premain for them too, and a health check that
     * calls {@code java -version} must not log in to a vault.
     */
    private static final List<String> INFORMATIONAL = List.of(
            "-version",
            "--version",
            "-fullversion",
            "--full-version",
            "-help",
            "--help",
            "-h",
            "-?",
            "-X",
            "--help-extra",
            "--list-modules",
            "-d",
            "--describe-module",
            "--validate-modules",
            "--dry-run");

    /** False for the JDK's own tools, for {@code java -version} and the like, and when it is switched off. */
    static boolean isMeant() {
        return !"false".equalsIgnoreCase(System.getenv("SECRET_AGENT_ENABLED")) && !isJdkTool() && !isInformational();
    }

    /** The agent's argument, else {@code SECRET_AGENT_MAPPING}; the working directory is not searched. */
    static String mapping(@Nullable String argument) throws StartFailure {
        String mapping = argument == null || argument.isEmpty() ? System.getenv("SECRET_AGENT_MAPPING") : argument;
        if (mapping == null || mapping.isEmpty()) {
            throw StartFailure.of(
                    78,
                    "no mapping was named; give one as -javaagent:secret-agent.jar=secrets.yaml or in SECRET_AGENT_MAPPING");
        }
        return mapping;
    }

    /** Says each line, as ours. */
    static void tell(List<String> lines, PrintStream err) {
        for (String line : lines) {
            err.println("secret-agent: ".concat(line));
        }
    }

    /**
     * Ends the JVM. Halt and not exit: before {@code main} nothing of the application has started, and since 21 exit first
     * instantiates the application's System.LoggerFinder (JDK-8301627); after it, exit waits for hooks of an application
     * that may itself be waiting for a secret.
     */
    static void end(StartFailure failure, PrintStream err) {
        tell(failure.lines(), err);
        Throwable cause = failure.getCause();
        if (cause != null && "1".equals(System.getenv("SECRET_AGENT_DEBUG"))) {
            err.println("secret-agent: " + cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                err.println("secret-agent:     at " + frame);
            }
        }
        // Closed and not flushed: masking holds back what could be the beginning of a value.
        err.close();
        Runtime.getRuntime().halt(failure.exitCode());
    }

    /** keytool, javac, jcmd and the others are main classes of the JDK's modules; JAVA_TOOL_OPTIONS reaches them all. */
    private static boolean isJdkTool() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }

    private static boolean isInformational() {
        if (System.getProperty("sun.java.command") != null) {
            return false;
        }
        try (InputStream in = new FileInputStream(new File("/proc/self/cmdline"))) {
            StringTokenizer arguments = new StringTokenizer(new String(in.readAllBytes(), UTF_8), "\0");
            while (arguments.hasMoreTokens()) {
                if (INFORMATIONAL.contains(arguments.nextToken())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // No /proc: a JVM without a command is then an embedded one, and is meant.
        }
        return false;
    }

    private ThisJvm() {}
}
