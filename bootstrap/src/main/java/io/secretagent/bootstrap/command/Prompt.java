package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person at the terminal that is our standard input; what is typed is not shown. Java's console is one only if the output
 * is a terminal too, and the output of {@code --json} goes elsewhere.
 */
final class Prompt {
    private final String modes;
    private volatile boolean hidden;

    /** Returns null if there is nobody to ask. */
    static @Nullable Prompt atTerminal() {
        String modes = Terminal.isStdinTerminal() ? Terminal.askedOf("stty", "-g") : "";
        return modes.isEmpty() ? null : new Prompt(modes);
    }

    private Prompt(String modes) {
        this.modes = modes;
    }

    /** Asks one after the other, and returns the lines. */
    List<String> ask(String... questions) throws IOException {
        List<String> lines = new ArrayList<>();
        // A signal ends this process and not the terminal.
        Runtime.getRuntime().addShutdownHook(new Thread(this::show));
        try (PrintStream terminal = new PrintStream(new FileOutputStream("/dev/tty"), true, UTF_8)) {
            hidden = true;
            Terminal.askedOf("stty", "-echo");
            for (String question : questions) {
                terminal.print(question);
                terminal.flush();
                lines.add(line());
                terminal.println();
            }
        } finally {
            show();
        }
        return lines;
    }

    private void show() {
        if (hidden) {
            Terminal.askedOf("stty", modes);
            hidden = false;
        }
    }

    private static String line() throws IOException {
        // Byte by byte: what stands behind the line is not ours.
        InputStream in = new FileInputStream(FileDescriptor.in);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8);
    }
}
