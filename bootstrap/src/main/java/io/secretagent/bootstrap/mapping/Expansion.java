package io.secretagent.bootstrap.mapping;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Puts environment variables in place of {@code ${NAME}} and {@code ${NAME:-fallback}}; a doubled dollar before the
 * brace stands for the text itself. One pass: what a variable holds is not looked at again.
 */
final class Expansion {
    private static final String[] CREDENTIAL_WORDS = {"TOKEN", "SECRET", "PASSW", "PWD", "CREDENTIAL", "KEY"};

    /** Products whose names hold such a word. */
    private static final String[] HARMLESS = {
        "KEY_VAULT", "KEYVAULT", "KEYCLOAK", "SECRETS_MANAGER", "SECRETSMANAGER", "SECRET_AGENT"
    };

    private final Map<String, String> environment;
    private final Problems problems;

    Expansion(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** Null after a problem was reported, which never holds what a variable holds. */
    @Nullable String expand(String text, Node at, String what) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            if (open > from && text.charAt(open - 1) == '$') {
                expanded.append(text, from, open - 1).append("${");
                from = open + 2;
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                problems.error(at, what + " has a ${ that is not closed", "write ${NAME}, or $${ for the text ${");
                return null;
            }
            String value = variable(text.substring(open + 2, close), at, what);
            if (value == null) {
                return null;
            }
            expanded.append(text, from, open).append(value);
            from = close + 1;
        }
        expanded.append(text, from, text.length());
        if (expanded.isEmpty()) {
            problems.error(at, what + " is empty once expanded", "set the variable, or give a fallback");
            return null;
        }
        return expanded.toString();
    }

    private @Nullable String variable(String inside, Node at, String what) {
        int dash = inside.indexOf(":-");
        String name = dash < 0 ? inside : inside.substring(0, dash);
        if (!TargetNames.isVariable(name) || inside.indexOf("${") >= 0) {
            problems.error(
                    at, what + " has a ${...} that is not ${NAME} or ${NAME:-fallback}", "write $${ for the text ${");
            return null;
        }
        if (isAddress(what) && holdsCredential(name)) {
            problems.error(
                    at,
                    "${" + Shown.name(name) + "} in " + what + " names a credential",
                    "addresses are printed and logged: use a variable that holds none");
            return null;
        }
        String value = environment.get(name);
        if (dash >= 0) {
            return value == null || value.isEmpty() ? inside.substring(dash + 2) : value;
        }
        if (value == null) {
            problems.error(
                    at,
                    "${" + Shown.name(name) + "} in " + what + " is not set",
                    "set the variable, or write ${NAME:-fallback}");
        }
        return value;
    }

    private static boolean isAddress(String what) {
        return switch (what) {
            case "url", "address", "endpoint", "authority" -> true;
            default -> false;
        };
    }

    private static boolean holdsCredential(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (String product : HARMLESS) {
            upper = upper.replace(product, "");
        }
        for (String word : CREDENTIAL_WORDS) {
            if (upper.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text is one variable and nothing else, not even a fallback. */
    static boolean isVariable(String text) {
        return text.startsWith("${")
                && text.endsWith("}")
                && TargetNames.isVariable(text.substring(2, text.length() - 1));
    }

    /** Reports a variable where none is taken: a target, a template, a default. */
    static boolean refuse(String text, Node at, String what, Problems problems) {
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", open + 2)) {
            if (open == 0 || text.charAt(open - 1) != '$') {
                problems.error(
                        at,
                        what + " holds ${...}, which is expanded in backend settings and secret names only",
                        "write the text out, or $${ for the text ${");
                return true;
            }
        }
        return false;
    }
}
