package io.secretagent.bootstrap.sink;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs a secret through SLF4J, to whatever framework is behind it. */
public final class LogsWithSlf4j {

    public static void main(String[] arguments) {
        String secret = System.getProperty("canary");
        Logger logger = LoggerFactory.getLogger("app");
        logger.info("message " + secret);
        logger.info("argument {}", secret);
        MDC.put("user", secret);
        logger.info("context");
        MDC.remove("user");
        logger.error("exception", new IOException("outer " + secret, new IOException("cause " + secret)));
        logger.info("clean, done");
    }

    private LogsWithSlf4j() {}
}
