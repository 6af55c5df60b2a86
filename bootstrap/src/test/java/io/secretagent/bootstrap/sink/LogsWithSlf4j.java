package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.lang.reflect.Method;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/**
 * Logs a secret through SLF4J in every {@link Way}, to whatever framework is behind it. With an argument not as the
 * name of a logger, for frameworks that show only pieces of that.
 */
public final class LogsWithSlf4j {

    public static void main(String[] arguments) throws ReflectiveOperationException, InterruptedException {
        String secret = System.getProperty("canary");
        Logger logger = LoggerFactory.getLogger("app");
        logger.info("message-" + secret);
        logger.info("with {}", "argument-" + secret);
        MDC.put("user", "mdc-" + secret);
        logger.info("context");
        MDC.remove("user");
        logger.info(MarkerFactory.getMarker("marker-" + secret), "marked");
        if (arguments.length == 0) {
            LoggerFactory.getLogger("logger-" + secret).info("named");
        }
        Thread thread = new Thread(() -> logger.info("threaded"), "thread-" + secret);
        thread.start();
        thread.join();
        IOException exception = new IOException("exception-" + secret, new IOException("cause-" + secret));
        exception.addSuppressed(new IOException("suppressed-" + secret));
        logger.error("failed", exception);
        LoggerFactory.getLogger("quoted").info("message-" + System.getProperty("quoted"));
        logger.info("clean, done");
        stop(LoggerFactory.getILoggerFactory());
    }

    /** Logback's appenders that work in the background end their work only when they are asked to. */
    private static void stop(ILoggerFactory framework) throws ReflectiveOperationException {
        for (Method method : framework.getClass().getMethods()) {
            if (method.getName().equals("stop") && method.getParameterCount() == 0) {
                method.invoke(framework);
            }
        }
    }

    private LogsWithSlf4j() {}
}
