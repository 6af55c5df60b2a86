package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.SocketHandler;

/**
 * Logs a secret through JUL in every {@link Way}, or with {@code -Dforms=all} in every form of it: to what is
 * configured, or, with {@code -Dhandlers=own}, to handlers that it adds, with a formatter of the JDK and with one of its
 * own.
 */
public final class LogsWithJul {

    private static final long LIMIT_SECONDS = 30;
    private static final long AGAIN_MILLIS = 10;

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String secret = System.getProperty("canary");
        Logger logger = Logger.getLogger("app");
        if (System.getProperty("handlers") != null) {
            String folder = System.getProperty("logs");
            FileHandler simple = new FileHandler(folder + "/simple.log");
            simple.setFormatter(new SimpleFormatter());
            logger.addHandler(simple);
            logger.addHandler(new FileHandler(folder + "/xml.log"));
            FileHandler own = new FileHandler(folder + "/own.log");
            own.setFormatter(new Formatter() {
                @Override
                public String format(LogRecord logged) {
                    return "layout-" + secret + " " + formatMessage(logged) + "\n";
                }
            });
            logger.addHandler(own);
            logger.addHandler(new SocketHandler("127.0.0.1", Integer.getInteger("port")));
        }
        if (System.getProperty("forms") == null) {
            log(logger, secret);
        } else {
            Variants.of(System.getProperty("varied")).forEach((name, form) -> logger.info(Variants.line(name, form)));
        }
        logger.info("clean, done");
        if (System.getProperty("ends").equals("async")) {
            awaitLast(Path.of(System.getProperty("logs")));
        }
        close(logger);
        close(Logger.getLogger(""));
    }

    private static void log(Logger logger, String secret) {
        logger.info("message-" + secret);
        logger.log(Level.WARNING, "with {0}", "argument-" + secret);
        Logger.getLogger("logger-" + secret).info("named");
        Thread.currentThread().setName("thread-" + secret);
        logger.info("threaded");
        Thread.currentThread().setName("main");
        IOException exception = new IOException("exception-" + secret, new IOException("cause-" + secret));
        exception.addSuppressed(new IOException("suppressed-" + secret));
        logger.log(Level.SEVERE, "failed", exception);
    }

    /** What is closed before it has written all in the background loses the rest. */
    private static void awaitLast(Path logs) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!asynchronous(logs).contains("clean, done") && System.nanoTime() < end) {
            Thread.sleep(AGAIN_MILLIS);
        }
    }

    private static String asynchronous(Path logs) throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(logs, "async*.log")) {
            for (Path file : files) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /** Handlers that work in the background end their work only when they are closed. */
    private static void close(Logger logger) {
        for (Handler handler : logger.getHandlers()) {
            handler.close();
        }
    }

    private LogsWithJul() {}
}
