package io.secretagent.benchmarks;

import java.lang.instrument.Instrumentation;

/** An application as small as one can be, and an agent: with the argument {@code jul} or {@code logback} it logs. */
public final class Hello {

    public static void main(String[] arguments) {
        String logger = arguments.length == 0 ? "" : arguments[0];
        if (logger.equals("jul")) {
            Jul.log();
        } else if (logger.equals("logback")) {
            Logback.log();
        } else {
            System.out.println("Hello");
        }
    }

    /** An agent that does nothing. */
    public static void premain(String argument, Instrumentation instrumentation) {}

    /** A class of its own, and so the next: Hello alone must load neither framework. */
    private static final class Jul {
        static void log() {
            java.util.logging.Logger.getLogger("app").info("Hello");
        }
    }

    private static final class Logback {
        static void log() {
            org.slf4j.LoggerFactory.getLogger("app").info("Hello");
        }
    }

    private Hello() {}
}
