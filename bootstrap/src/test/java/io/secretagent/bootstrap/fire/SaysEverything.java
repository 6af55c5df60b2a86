package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.testing.ShowSecrets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;

/** An application that logs each property which its arguments name, as carelessly as applications do. */
public final class SaysEverything {
    private static final Logger LOG = Logger.getLogger("careless");

    public static void main(String[] names) throws Exception {
        for (String name : names) {
            String value = System.getProperty(name);
            System.out.println(ShowSecrets.line(name, value));
            System.out.println("the value is " + value);
            System.out.printf("%s %1$s%n", value);
            System.out.write((value + "\n").getBytes(UTF_8));
            System.out.println("replaced: " + "x".replaceAll("x", Matcher.quoteReplacement(value)));
            LOG.info(value);
            LOG.log(Level.INFO, "value: {0}", value);
            LOG.log(Level.WARNING, "it failed", new IllegalStateException(value));
        }
    }

    private SaysEverything() {}
}
