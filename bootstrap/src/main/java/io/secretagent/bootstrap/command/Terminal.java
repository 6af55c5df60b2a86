package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.channel.OneLine;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The descriptors that a command writes to, as the person at the other end sees them. */
final class Terminal {

    /**
     * Takes standard output for the results. Whatever else in this process prints there, an SDK say, goes to stderr from
     * now on.
     */
    static PrintStream takeStdout() {
        System.setOut(System.err);
        return new PrintStream(new Results(), true, UTF_8);
    }

    /** Tells a person a line. */
    static void tell(String line) {
        System.err.println("secret-agent: " + OneLine.of(line));
    }

    /** The same, and returns what the command ends with. */
    static int tell(int exit, String line) {
        tell(line);
        return exit;
    }

    static void tell(List<Problem> problems) {
        for (Problem problem : problems) {
            tell(problem.line());
        }
    }

    /** Whether colours are fit for standard output: it is a terminal that has them, and nobody asked for none. */
    static boolean hasColours(Map<String, String> environment) {
        return isTerminal(1)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** How many columns standard output has; as many as wanted if it is no terminal, or one that does not tell. */
    static int width() {
        if (!isTerminal(1)) {
            return Integer.MAX_VALUE;
        }
        String variable = System.getenv("COLUMNS");
        String columns = variable == null ? askedOf("stty", "size").replaceFirst(".* ", "") : variable;
        return columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : Integer.MAX_VALUE;
    }

    /** What a command such as {@code stty} says of the terminal, which Java itself cannot ask anything. */
    static String askedOf(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static boolean isStdinTerminal() {
        return isTerminal(0);
    }

    static boolean isStderrTerminal() {
        return isTerminal(2);
    }

    /** System.console() tells only whether both input and output are terminals, and on 22 or later not even that. */
    private static boolean isTerminal(int descriptor) {
        try {
            Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return file.startsWith("/dev/pts") || file.toString().matches("/dev/(tty.*|console)");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private Terminal() {}
}
