package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.function.Consumer;

/**
 * An application that lives on, and does what the lines of its standard input say: {@code show NAME} prints a property as
 * {@link ShowSecrets} does, {@code env NAME} a variable, {@code say NAME} a property and {@code print TEXT} a text as
 * nobody should, {@code set NAME VALUE} changes a property, {@code listen} prints the name of each secret that changes,
 * {@code listen badly} fails at each, {@code threads} prints the threads that are there, {@code exec COMMAND} runs it in a
 * shell, {@code linger} has it wait at its end until it has no child any more and print {@code alone}. It ends with its
 * input.
 */
public final class Lives {

    public static void main(String[] arguments) throws Exception {
        System.out.println("lives");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "show" -> System.out.println(ShowSecrets.line(words[1], System.getProperty(words[1])));
                case "env" -> System.out.println(ShowSecrets.line(words[1], System.getenv(words[1])));
                case "say" -> System.out.println("the value is <" + System.getProperty(words[1]) + ">");
                case "print" -> System.out.println(words[1]);
                case "set" -> System.setProperty(words[1], words[2]);
                case "listen" ->
                    System.getProperties().put("secret-agent.on-change", (Consumer<String>) name -> {
                        if (words.length > 1) {
                            throw new IllegalStateException(System.getProperty(name));
                        }
                        System.out.println("changed " + name);
                    });
                case "threads" ->
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("secret-agent"))
                            .forEach(thread -> System.out.println("thread " + thread.getName() + " "
                                    + thread.isDaemon() + " "
                                    + thread.getThreadGroup().getName() + " "
                                    + thread.getContextClassLoader()));
                case "exec" ->
                    new ProcessBuilder("sh", "-c", line.substring("exec ".length()))
                            .inheritIO()
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .start()
                            .waitFor();
                case "linger" -> Runtime.getRuntime().addShutdownHook(new Thread(Lives::linger));
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
        System.out.println("ends");
    }

    private static void linger() {
        ProcessHandle.current().children().forEach(child -> child.onExit().join());
        System.out.println("alone");
    }

    private Lives() {}
}
