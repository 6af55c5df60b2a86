package io.secretagent.bootstrap.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.logging.FileHandler;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Logs the same in every run: through SLF4J, or with {@code -Dlog=jul} through JUL to a file and standard output. */
public final class LogsCleanTexts {
    private static final int EACH_FAILS = 40;

    /**
     * Logs texts, with numbers that differ.
     *
     * @param arguments a file of texts, between NULs, and how many bytes of them to log
     */
    public static void main(String[] arguments) throws IOException {
        String[] texts = Files.readString(Path.of(arguments[0])).split("\0", -1);
        long bytes = Long.parseLong(arguments[1]);
        Log log = "jul".equals(System.getProperty("log")) ? Jul.log() : Slf4j.log();
        Random random = new Random(1);
        for (int i = 0; bytes > 0; i++) {
            String text = new UUID(random.nextLong(), random.nextLong()) + " " + texts[random.nextInt(texts.length)];
            log.log(text, i % EACH_FAILS == 0 ? new IllegalStateException(text, new IOException("reset")) : null);
            bytes -= text.length();
        }
    }

    private interface Log {
        void log(String text, @Nullable Throwable failure);
    }

    /** Of its own, for SLF4J is not there with every framework. */
    private static final class Slf4j {
        static Log log() {
            org.slf4j.Logger logger = LoggerFactory.getLogger("app");
            return (text, failure) -> {
                if (failure == null) {
                    logger.info("of {}", text);
                } else {
                    logger.error("failed", failure);
                }
            };
        }
    }

    private static final class Jul {
        static Log log() throws IOException {
            java.util.logging.Logger logger = java.util.logging.Logger.getLogger("app");
            logger.setUseParentHandlers(false);
            FileHandler file = new FileHandler(System.getProperty("logs") + "/file.log");
            file.setFormatter(new SimpleFormatter());
            logger.addHandler(file);
            logger.addHandler(new StreamHandler(System.out, new SimpleFormatter()));
            return (text, failure) -> logger.log(java.util.logging.Level.INFO, text, failure);
        }
    }

    private LogsCleanTexts() {}
}
