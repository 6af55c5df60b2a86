package io.secretagent.bootstrap.command.draft;

import java.util.regex.Pattern;

/**
 * What the names begin with, and how the mapping writes it: with {@code ${ENVIRONMENT}} in it, one draft is for all
 * environments.
 *
 * @param text as the owner wrote it
 * @param expanded as the store has it
 */
public record Prefix(String text, String expanded) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");

    /** A name of the store as a mapping has it. */
    String written(String name) {
        return name.startsWith(expanded) ? text + escaped(name.substring(expanded.length())) : escaped(name);
    }

    /** The same without variables, which are not for a target's name. */
    String plain(String name) {
        return VARIABLE.matcher(written(name)).replaceAll("");
    }

    private static String escaped(String name) {
        return name.replace("${", "$${");
    }
}
