package io.secretagent.bootstrap.mapping;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** The syntax of what secrets are injected into. */
final class TargetNames {
    private static final List<String> RESERVED = List.of("java.", "javax.", "jdk.", "sun.", "spring.config.", "log4j");

    /** Letters, digits and {@code _}, no digit first: what every shell takes. */
    static boolean isVariable(String name) {
        return !name.isEmpty() && !Ascii.isDigit(name.charAt(0)) && hasOnly(name, "_");
    }

    /** Letters, digits, {@code _ . -}. */
    static boolean isKey(String name) {
        return !name.isEmpty() && hasOnly(name, "_.-");
    }

    /** Whether it was a property's name; a problem otherwise. The text is not shown: it may be a value. */
    static boolean checkProperty(String name, boolean star, Node at, Problems problems) {
        if (Expansion.refuse(name, at, "property", problems)) {
            return false;
        }
        String plain = star && name.endsWith(".*") ? name.substring(0, name.length() - 1) : name;
        if (star && plain.equals(name)) {
            problems.error(at, "a property for #* that does not end in .*", "write a prefix such as db.*");
        } else if (!star && name.endsWith("*")) {
            problems.error(at, "a property with * for a secret without #*", "write path#*, or name one property");
        } else if (!hasOnly(plain, "._-/:@$[]") || plain.startsWith(".") || (!star && plain.endsWith("."))) {
            problems.error(at, "a property's name that is not one", "use letters, digits, '.', '_', '-'");
        } else if (star && isReserved(plain)) {
            problems.error(
                    at, "a property prefix that the JVM or a framework reserves", "name each property, path#KEY: name");
        } else {
            return true;
        }
        return false;
    }

    /** The same of an environment variable's. */
    static boolean checkVariable(String name, boolean star, Node at, Problems problems) {
        if (Expansion.refuse(name, at, "env", problems)) {
            return false;
        }
        boolean prefix = name.equals("*") || name.endsWith("_*");
        if (star && !prefix) {
            problems.error(at, "an env for #* that does not end in _*", "write a prefix such as DB_*, or '*' alone");
        } else if (!star && name.endsWith("*")) {
            problems.error(at, "an env with * for a secret without #*", "write path#*, or name one variable");
        } else if (!(star && name.equals("*")) && !isVariable(star ? name.substring(0, name.length() - 1) : name)) {
            problems.error(at, "an environment variable's name that is not one", "use letters, digits and '_'");
        } else {
            return true;
        }
        return false;
    }

    private static boolean isReserved(String prefix) {
        for (String reserved : RESERVED) {
            if (prefix.startsWith(reserved)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOnly(String name, String others) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Ascii.isAlphanumeric(c) && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private TargetNames() {}
}
