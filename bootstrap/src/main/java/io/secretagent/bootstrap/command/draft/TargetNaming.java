package io.secretagent.bootstrap.command.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Targets for secrets by their names, each given once: {@code DB-PASSWORD} is {@code db.password}. */
final class TargetNaming {
    /** What changes how a JVM or a framework runs, or is set in every JVM, so that a secret would be ignored. */
    private static final List<String> RESERVED_PROPERTIES = List.of(
            "java",
            "javax",
            "jdk",
            "sun",
            "com.sun",
            "spring.config",
            "log4j",
            "user",
            "os",
            "file",
            "path",
            "line",
            "native",
            "http",
            "https",
            "ftp",
            "socks",
            "awt",
            "stdout",
            "stderr",
            "stdin");

    /** What changes how a shell, a loader or a JVM runs. */
    private static final Pattern RESERVED_VARIABLES = Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|IFS|ENV"
            + "|TERM|TZ|LANG|LANGUAGE|HOSTNAME|TMPDIR|CLASSPATH|NO_COLOR|COLUMNS|LC_.*|LD_.*|DYLD_.*|BASH_.*|PYTHON.*"
            + "|NODE_OPTIONS|JAVA_.*|JDK_JAVA_OPTIONS|SECRET_AGENT_.*|[0-9].*");

    private static final Pattern WORD_END =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final Set<String> properties = new HashSet<>();
    private final Set<String> variables = new HashSet<>();

    /** The words of a name, in lower case. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String word : WORD_END.split(name, -1)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    /** A property that no other secret has. */
    String property(List<String> words) {
        String property = words.isEmpty() ? "secret" : String.join(".", words);
        return unique(isReserved(property) ? "secret." + property : property, ".", properties);
    }

    /** An environment variable that no other secret has. */
    String variable(List<String> words) {
        String variable = words.isEmpty() ? "SECRET" : String.join("_", words).toUpperCase(Locale.ROOT);
        boolean reserved = RESERVED_VARIABLES.matcher(variable).matches();
        return unique(reserved ? "SECRET_" + variable : variable, "_", variables);
    }

    private static boolean isReserved(String property) {
        return RESERVED_PROPERTIES.stream()
                        .anyMatch(reserved -> property.equals(reserved) || property.startsWith(reserved + "."))
                || property.startsWith("log4j");
    }

    private static String unique(String wanted, String separator, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + separator + number;
        }
        return name;
    }
}
