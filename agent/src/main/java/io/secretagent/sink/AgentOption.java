package io.secretagent.sink;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;

/**
 * This agent among a JVM's options: {@code -javaagent:secret-agent.jar=secrets.yaml}.
 *
 * @param jar the agent's jar, by its canonical path
 */
record AgentOption(File jar) {
    private static final String OPTION = "-javaagent:";

    /** The variables from which a JVM takes options: from the one by any of its launchers, from the other by itself. */
    static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

    /** The option by which this JVM can have got this agent. */
    static AgentOption ofThisJvm() {
        try {
            return new AgentOption(new File(AgentOption.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getCanonicalFile());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the agent cannot tell where its own jar is", e);
        }
    }

    /** Whether this JVM has it in a variable, which its children are given too. */
    boolean isInherited() {
        for (String variable : VARIABLES) {
            String options = System.getenv(variable);
            if (options != null && isIn(options)) {
                return true;
            }
        }
        return false;
    }

    /** Whether these options name it. */
    boolean isIn(String options) {
        return options.contains(OPTION) && !removedFrom(options).equals(options);
    }

    /** The other options, as they were. */
    String removedFrom(String options) {
        StringBuilder others = new StringBuilder();
        int at = 0;
        while (at < options.length()) {
            int end = end(options, at);
            if (!isThis(unquoted(options, at, end))) {
                others.append(options, at, end);
            }
            at = end;
        }
        return others.length() == options.length() ? options : others.toString().trim();
    }

    /** The end of the white space at that index and of the option behind it. */
    private static int end(String options, int from) {
        int at = from;
        while (at < options.length() && isSpace(options.charAt(at))) {
            at++;
        }
        char quote = 0;
        while (at < options.length() && (quote != 0 || !isSpace(options.charAt(at)))) {
            char c = options.charAt(at++);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == c) {
                quote = 0;
            }
        }
        return at;
    }

    /** As the JVM reads it: quotes of both kinds, and no escapes. */
    private static String unquoted(String options, int from, int to) {
        StringBuilder option = new StringBuilder();
        char quote = 0;
        for (int i = from; i < to; i++) {
            char c = options.charAt(i);
            if (quote == 0 ? c == '"' || c == '\'' : quote == c) {
                quote = quote == 0 ? c : 0;
            } else {
                option.append(c);
            }
        }
        return option.toString().trim();
    }

    private boolean isThis(String option) {
        if (!option.startsWith(OPTION)) {
            return false;
        }
        int argument = option.indexOf('=');
        String path = option.substring(OPTION.length(), argument < 0 ? option.length() : argument);
        try {
            return new File(path).getCanonicalFile().equals(jar);
        } catch (IOException e) {
            // A path that cannot be looked up is not that of a jar in use.
            return false;
        }
    }

    /** As isspace of the C library. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
