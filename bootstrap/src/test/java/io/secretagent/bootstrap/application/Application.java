package io.secretagent.bootstrap.application;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of others in a folder of its own, which is given a property and a variable, by the agent or plainly. */
final class Application {
    static final String VALUE = "canary-app-7Hq9-value";
    static final String PROPERTY = "my.greeting";
    static final String VARIABLE = "MY_GREETING";
    /** Three times what the slowest of them takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Jdks.Jdk jdk;
    private final Path folder;
    private final Path mapping;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * What came of it.
     *
     * @param served what its page says
     * @param complaints its warnings and errors, without numbers
     */
    record Run(int exit, String console, String served, Set<String> complaints) {}

    /** Tells, from the console, that it serves; throws when it never will. */
    interface Ready {
        boolean test(String console) throws IOException, InterruptedException;
    }

    /** One in a folder, where it may write what it likes; the secret is elsewhere. */
    Application(Jdks.Jdk jdk, Path temporary) throws IOException {
        this.jdk = jdk;
        this.folder = Files.createDirectories(temporary.resolve("application"));
        Path store = Files.createDirectories(temporary.resolve("store"));
        Files.writeString(store.resolve("GREETING"), VALUE);
        this.mapping = Files.writeString(
                temporary.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    GREETING: {property: "
                        + PROPERTY + ", env: " + VARIABLE + "}\n");
    }

    Path folder() {
        return folder;
    }

    Jdks.Jdk jdk() {
        return jdk;
    }

    /** The JVM's options that bring the secret: by the agent, or as one would without. */
    String option(boolean agent) {
        return agent ? "-javaagent:" + ChildJvm.agentJar() + "=" + mapping : "-D" + PROPERTY + "=" + VALUE;
    }

    Application environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it, waits until it serves, reads its page, and ends the JVM that has this word on its command line. */
    Run run(boolean agent, Ready ready, URI page, String jvm, List<String> command)
            throws IOException, InterruptedException {
        Path console = folder.resolve("console");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().put("JAVA_HOME", jdk.home().toString());
        builder.environment().putAll(environment);
        if (!agent) {
            builder.environment().put(VARIABLE, VALUE);
        }
        Process process = builder.start();
        try {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!ready.test(read(console))) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("it does not serve: " + read(console).replace(VALUE, "VALUE"));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            String served = get(page);
            stop(process, jvm);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("it does not end: " + read(console).replace(VALUE, "VALUE"));
            }
            String all = read(console);
            return new Run(process.exitValue(), all, served, complaints(all));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** The files with the value in them. */
    List<Path> leaks() throws IOException {
        List<Path> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(VALUE)) {
                    leaks.add(file);
                }
            }
        }
        return leaks;
    }

    /** What a page answers. */
    static String get(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(LIMIT).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(Process process, String jvm) {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        for (ProcessHandle each : all) {
            if (each.info().commandLine().orElse("").contains(jvm)) {
                each.destroy();
                return;
            }
        }
        throw new IllegalStateException("no JVM has " + jvm + " on its command line");
    }

    private static String read(Path console) throws IOException {
        return new String(Files.readAllBytes(console), UTF_8);
    }

    private Set<String> complaints(String console) {
        Set<String> complaints = new TreeSet<>();
        for (String line : console.lines().toList()) {
            if (line.contains("WARN")
                    || line.contains("SEVERE")
                    || line.contains("ERROR")
                    || line.contains("Exception")) {
                complaints.add(line.replace(VALUE, "***")
                        .replace(folder.toString(), "")
                        .replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "N"));
            }
        }
        return complaints;
    }
}
