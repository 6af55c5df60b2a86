package io.secretagent.mask;

import java.util.Locale;

/**
 * The lines of files with secrets in them that are no secret themselves and stand in thousands of others: those of a
 * kubeconfig, of AWS's credentials, of a .netrc or of a service account's JSON.
 */
final class Structure {
    /** Names, or their last words. */
    private static final String[] HARMLESS = {
        "apiversion", "kind", "name", "namespace", "region", "output", "type", "version", "host", "hostname", "port",
        "user", "username", "login", "machine", "server", "cluster", "context", "endpoint", "url", "uri", "engine",
        "database", "dbname", "email", "domain"
    };

    /** From here on a part of a path may be what makes a URL a secret. */
    private static final int TELLING = 8;

    /** Whether the line is a section, a name with nothing behind it, or a harmless name with a value without a secret. */
    static boolean is(String line) {
        if (line.startsWith("[") && line.endsWith("]")) {
            return Assignments.nameEnd(line.substring(1)) == line.length() - 2;
        }
        String text = line.startsWith("- ") ? line.substring(2).strip() : line;
        text = text.startsWith("\"") ? text.substring(1) : text;
        int end = Assignments.nameEnd(text);
        String name = text.substring(0, end).strip();
        String rest = text.substring(end);
        rest = (rest.startsWith("\"") ? rest.substring(1) : rest).strip();
        if (rest.isEmpty()) {
            return name.startsWith("machine ") || name.startsWith("login ");
        }
        if (name.isEmpty() || name.indexOf(' ') >= 0 || (rest.charAt(0) != ':' && rest.charAt(0) != '=')) {
            return false;
        }
        return rest.equals(":") || (isHarmless(name) && !isTelling(rest.substring(1)));
    }

    private static boolean isHarmless(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String last = lower.substring(Math.max(lower.lastIndexOf('_'), lower.lastIndexOf('-')) + 1);
        for (String harmless : HARMLESS) {
            if (last.equals(harmless)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value may be a URL with a password, a parameter or a path that is secret. */
    private static boolean isTelling(String value) {
        int scheme = value.indexOf("://");
        if (scheme < 0) {
            return value.indexOf('@') >= 0 && value.indexOf(':') >= 0;
        }
        String rest = value.substring(scheme + 3);
        if (rest.indexOf('@') >= 0 || rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            return true;
        }
        int path = rest.indexOf('/');
        for (String part : Assignments.split(path < 0 ? "" : rest.substring(path), "/\", ")) {
            if (part.length() >= TELLING) {
                return true;
            }
        }
        return false;
    }

    private Structure() {}
}
