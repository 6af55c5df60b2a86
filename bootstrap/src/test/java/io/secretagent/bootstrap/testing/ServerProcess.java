package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A third-party server of a test: started on loopback, waited for, stopped by its own pid. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;

    /** Whether the server answers yet. */
    @FunctionalInterface
    public interface Ready {
        boolean test() throws IOException, InterruptedException;
    }

    /** Starts a server and returns when it is ready; its log is in the message when it never is. */
    public static ServerProcess start(List<String> command, Map<String, String> environment, Ready ready)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("server", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start(), log);
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && server.process.isAlive()) {
            if (answers(ready)) {
                return server;
            }
            // Polling a condition of another process: there is nothing to be notified by.
            server.process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        String output = Files.readString(log);
        server.close();
        throw new IOException(command.get(0) + " did not become ready: " + output);
    }

    /** A port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        Files.deleteIfExists(log);
    }

    private static boolean answers(Ready ready) throws InterruptedException {
        try {
            return ready.test();
        } catch (IOException e) {
            return false;
        }
    }
}
