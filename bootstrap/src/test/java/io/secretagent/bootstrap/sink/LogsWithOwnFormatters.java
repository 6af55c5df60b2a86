package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Logs a secret through JUL to a handler and formatters that neither the JDK nor a framework has. */
public final class LogsWithOwnFormatters {
    private static final String SECRET = System.getProperty("canary");

    public static void main(String[] port) throws Exception {
        Logger logger = Logger.getLogger("app");
        logger.setUseParentHandlers(false);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port[0]))) {
            Sender sender = new Sender(socket.getOutputStream());
            logger.addHandler(sender);
            sender.setFormatter(new Own());
            log(logger);
            sender.setFormatter(new Inheriting());
            log(logger);
            sender.setFormatter(new SimpleFormatter() {
                @Override
                public String format(LogRecord logged) {
                    return "anonymous " + SECRET + "\n";
                }
            });
            log(logger);
            sender.field = new Own();
            log(logger);
            sender.messageOnly = true;
            log(logger);
            sender.field = new Translating();
            log(logger);
            sender.messageOnly = false;
            socket.getOutputStream().write("hidden ".getBytes(StandardCharsets.UTF_8));
            hidden();
            logger.info("clean, done");
            sender.close();
        }
    }

    private static void log(Logger logger) {
        logger.log(Level.INFO, "message {0}", SECRET);
    }

    /** What no rule can name and nobody may rewrite; this application takes care not to log with it. */
    private static void hidden() throws Exception {
        try (InputStream in = Objects.requireNonNull(
                LogsWithOwnFormatters.class.getResourceAsStream("LogsWithOwnFormatters$Own.class"))) {
            MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        }
    }

    /** Asks a formatter, the one that it was given or the one in its field, for the whole or for the message only. */
    private static final class Sender extends Handler {
        private final OutputStream out;
        private @Nullable Formatter field;
        private boolean messageOnly;

        Sender(OutputStream out) {
            this.out = out;
        }

        @Override
        public void publish(LogRecord logged) {
            Formatter formatter = field == null ? getFormatter() : field;
            String text = messageOnly
                    ? "only " + formatter.formatMessage(logged) + "\n"
                    : formatter.getHead(this) + formatter.format(logged) + formatter.getTail(this);
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    static class Own extends Formatter {
        Own() {}

        @Override
        public String getHead(Handler handler) {
            return "head " + SECRET + "\n";
        }

        @Override
        public String format(LogRecord logged) {
            return "layout " + SECRET + " " + formatMessage(logged) + "\n";
        }
    }

    private static final class Inheriting extends Own {
        @Override
        public String getTail(Handler handler) {
            return "tail " + SECRET + "\n";
        }
    }

    private static final class Translating extends Own {
        @Override
        public synchronized String formatMessage(LogRecord logged) {
            return "translated " + SECRET;
        }
    }

    private LogsWithOwnFormatters() {}
}
