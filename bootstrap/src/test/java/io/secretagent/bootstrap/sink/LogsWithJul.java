package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Logs a secret through JUL to the console and to files, with a formatter of the JDK and with one of its own. */
public final class LogsWithJul {

    public static void main(String[] folder) throws IOException {
        String secret = System.getProperty("canary");
        Logger logger = Logger.getLogger("app");
        FileHandler simple = new FileHandler(folder[0] + "/simple.log");
        simple.setFormatter(new SimpleFormatter());
        logger.addHandler(simple);
        logger.addHandler(new FileHandler(folder[0] + "/xml.log"));
        FileHandler own = new FileHandler(folder[0] + "/own.log");
        own.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord logged) {
                return "own: " + formatMessage(logged) + "\n";
            }
        });
        logger.addHandler(own);
        logger.info("message " + secret);
        logger.log(Level.WARNING, "argument {0}", secret);
        logger.log(Level.SEVERE, "exception", new IOException("outer " + secret, new IOException("cause " + secret)));
    }

    private LogsWithJul() {}
}
