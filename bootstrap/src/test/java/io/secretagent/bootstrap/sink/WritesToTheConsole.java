package io.secretagent.bootstrap.sink;

import java.io.Console;
import java.util.Objects;

/** Shows a secret on a terminal. */
public final class WritesToTheConsole {

    public static void main(String[] arguments) {
        String secret = System.getProperty("canary");
        Console console = Objects.requireNonNull(System.console());
        console.printf("printf %s%n", secret);
        console.writer().println("writer " + secret);
        console.format("format %s%n", secret).flush();
        System.out.println("out " + secret);
        System.err.println("err " + secret);
    }

    private WritesToTheConsole() {}
}
