package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/**
 * Logs a secret through SLF4J in every {@link Way}, or with {@code -Dforms=all} in every form of it, to whatever framework is behind it. Not as
 * the name of a logger with {@code -Dnames=none}, for frameworks that show only pieces of that.
 */
public final class LogsWithSlf4j {

    public static void main(String[] arguments)
            throws ReflectiveOperationException, InterruptedException, IOException, SQLException {
        List<String> ends = List.of(System.getProperty("ends", "").split(","));
        Path logs = Path.of(System.getProperty("logs"));
        Receiver events = ends.contains("events") ? Receiver.accepting("events") : null;
        if (ends.contains("served")) {
            System.setProperty("served", freePort());
        }
        if (ends.contains("hub")) {
            System.setProperty("hub", freePort());
        }
        if (ends.contains("database")) {
            Database.create();
        }

        ILoggerFactory framework = LoggerFactory.getILoggerFactory();
        Receiver served = ends.contains("served")
                ? Receiver.connecting(Integer.getInteger("served").intValue())
                : null;
        Receiver hub = ends.contains("hub")
                ? Receiver.connecting(Integer.getInteger("hub").intValue())
                : null;
        if (hub != null) {
            hub.awaitEvent(() -> LoggerFactory.getLogger("app").info("hello"));
        }
        if (System.getProperty("forms") == null) {
            log(System.getProperty("names") == null);
        } else {
            Variants.of(System.getProperty("varied"))
                    .forEach((name, form) -> LoggerFactory.getLogger("app").info(Variants.line(name, form)));
        }
        // As an error, which makes mail appenders send what they have.
        LoggerFactory.getLogger("app").error("clean, done");
        LoggerFactory.getLogger("app").info(Receiver.LAST);

        save(events, logs.resolve("events.log"));
        save(served, logs.resolve("served.log"));
        save(hub, logs.resolve("hub.log"));
        stop(framework);
        if (ends.contains("database")) {
            Database.dump(logs.resolve("database.log"));
        }
    }

    private static void log(boolean names) throws InterruptedException {
        String secret = System.getProperty("canary");
        Logger logger = LoggerFactory.getLogger("app");
        logger.info("message-" + secret);
        logger.info("with {}", "argument-" + secret);
        MDC.put("user", "mdc-" + secret);
        logger.info("context");
        MDC.remove("user");
        logger.info(MarkerFactory.getMarker("marker-" + secret), "marked");
        if (names) {
            LoggerFactory.getLogger("logger-" + secret).info("named");
        }
        Thread thread = new Thread(() -> logger.info("threaded"), "thread-" + secret);
        thread.start();
        thread.join();
        IOException exception = new IOException("exception-" + secret, new IOException("cause-" + secret));
        exception.addSuppressed(new IOException("suppressed-" + secret));
        logger.error("failed", exception);
        LoggerFactory.getLogger("quoted").info("message-" + System.getProperty("quoted"));
    }

    private static String freePort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(server.getLocalPort());
        }
    }

    private static void save(@Nullable Receiver receiver, Path file) throws IOException, InterruptedException {
        if (receiver != null) {
            receiver.writeTo(file);
        }
    }

    /** Appenders that work in the background or serve a port end their work only when they are asked to. */
    private static void stop(ILoggerFactory framework) throws ReflectiveOperationException {
        for (Method method : framework.getClass().getMethods()) {
            if (method.getName().equals("stop") && method.getParameterCount() == 0) {
                method.invoke(framework);
            }
        }
        try {
            Class.forName("org.apache.log4j.LogManager").getMethod("shutdown").invoke(null);
        } catch (ClassNotFoundException e) {
            return; // another framework
        }
    }

    private LogsWithSlf4j() {}
}
