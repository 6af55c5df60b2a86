package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A command of the distribution's launcher, run to its end with nothing on its standard input, unless it is fed.
 *
 * @param exit the exit code
 */
public record Launched(int exit, String out, String err) {

    /** Runs {@code secret-agent} with these arguments. */
    public static Launched in(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return fed("", folder, environment, arguments);
    }

    /** The same with this on its standard input, as far as it reads it. */
    public static Launched fed(String input, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return under(List.of(), input, folder, environment, arguments);
    }

    /** The same, started by another command, such as one that takes permissions away. */
    public static Launched under(
            List<String> starter, String input, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(
                "sh", ChildJvm.distribution().resolve("bin/secret-agent").toString()));
        command.addAll(List.of(arguments));
        return of(input, folder, environment, command);
    }

    /** The same with a pseudo-terminal as input, output and error, which all come back as the output. */
    public static Launched onTerminal(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        String line = "sh " + ChildJvm.distribution().resolve("bin/secret-agent") + " " + String.join(" ", arguments);
        return of("", folder, environment, List.of("script", "-qec", line, "/dev/null"));
    }

    /** All that was written, where a canary may not be. */
    public String all() {
        return out + err;
    }

    private static Launched of(String input, Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "SECRET_AGENT_MAPPING", "VAULT_TOKEN"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // What reads nothing may have ended.
        }
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), UTF_8);
            } catch (IOException e) {
                return "stderr could not be read";
            }
        });
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Launched(process.waitFor(), out, err.join());
    }
}
