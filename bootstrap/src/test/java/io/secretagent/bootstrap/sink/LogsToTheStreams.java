package io.secretagent.bootstrap.sink;

import java.lang.reflect.Method;

/**
 * Logs a secret through SLF4J, {@code System.Logger}, and what else is there: commons-logging's own log and that of
 * Jetty 9.
 */
public final class LogsToTheStreams {

    public static void main(String[] arguments) throws Exception {
        String secret = System.getProperty("canary");
        System.getLogger("app").log(System.Logger.Level.WARNING, "system-logger-" + secret);
        own("org.apache.commons.logging.impl.SimpleLog", "error", Object.class, secret);
        own("org.eclipse.jetty.util.log.StdErrLog", "warn", Throwable.class, secret);
        LogsWithSlf4j.main(arguments);
    }

    private static void own(String type, String method, Class<?> argument, String secret)
            throws ReflectiveOperationException {
        Object log;
        try {
            log = Class.forName(type).getConstructor(String.class).newInstance("app");
        } catch (ClassNotFoundException e) {
            return; // not with this one
        }
        Method logging = log.getClass().getMethod(method, argument);
        logging.invoke(log, argument == Object.class ? "of its own-" + secret : new Exception("of its own-" + secret));
    }

    private LogsToTheStreams() {}
}
