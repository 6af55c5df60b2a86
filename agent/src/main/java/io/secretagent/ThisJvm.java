package io.secretagent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.channel.OneLine;
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

    /** CRaC's, and OpenJ9's for CRIU. */
    private static final List<String> CHECKPOINTS = List.of("-XX:CRaCCheckpointTo", "-XX:+EnableCRIUSupport");

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

    /** Refuses a JVM that is to be written to disk as it is: the secrets would be in the image. */
    static void requireNoCheckpoint() throws StartFailure {
        StringTokenizer arguments = arguments();
        while (arguments.hasMoreTokens()) {
            String argument = arguments.nextToken();
            for (String option : CHECKPOINTS) {
                if (argument.startsWith(option)) {
                    throw StartFailure.of(
                            78,
                            option + " would write the secrets to disk, with the rest of the memory; run without it, or"
                                    + " without the agent (SECRET_AGENT_ENABLED=false) until the image is made");
                }
            }
        }
    }

    /** Says each line, as ours. */
    static void tell(List<String> lines, PrintStream err) {
        for (String line : lines) {
            err.println("secret-agent: ".concat(OneLine.of(line)));
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
        StringTokenizer arguments = arguments();
        while (arguments.hasMoreTokens()) {
            if (INFORMATIONAL.contains(arguments.nextToken())) {
                return true;
            }
        }
        return false;
    }

    /** The command line; without /proc none, and the JVM is taken for one that is meant. */
    private static StringTokenizer arguments() {
        try (InputStream in = new FileInputStream(new File("/proc/self/cmdline"))) {
            return new StringTokenizer(new String(in.readAllBytes(), UTF_8), "\0");
        } catch (IOException e) {
            return new StringTokenizer("");
        }
    }

    private ThisJvm() {}
}
