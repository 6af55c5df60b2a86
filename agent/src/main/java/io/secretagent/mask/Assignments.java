package io.secretagent.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in which names have values, as connection strings and the parameters of a URL are. */
final class Assignments {
    private static final String[] SECRET = {"key", "pass", "pwd", "secret", "sig", "token", "credential"};

    /** Whether all parts have names, one of which is a secret's. */
    static boolean isConnectionString(String line) {
        if (line.indexOf(';') < 0) {
            return false;
        }
        boolean secret = false;
        for (String part : split(line, ";")) {
            // A password can have both characters in it: only names tell.
            int name = nameEnd(part);
            if (name == 0 || !part.startsWith("=", name)) {
                return false;
            }
            secret |= isSecret(part.substring(0, name));
        }
        return secret;
    }

    /** Whether all parts are parameters of a URL, one of which is secret by its name: what Azure calls a SAS token. */
    static boolean isQuery(String line) {
        if (line.indexOf('&') < 0) {
            return false;
        }
        boolean secret = false;
        List<String> parts = parameters(line);
        for (String part : parts) {
            int name = nameEnd(part);
            if (name == 0 || !part.startsWith("=", name)) {
                return false;
            }
            secret |= isSecret(part.substring(0, name));
        }
        return secret && parts.size() > 1;
    }

    /** Those of a query; a value can have a question mark in it. */
    static List<String> parameters(String query) {
        return split(query.startsWith("?") ? query.substring(1) : query, "&");
    }

    /** Where the name ends that the text may begin with. */
    static int nameEnd(String text) {
        int at = 0;
        while (at < text.length() && (Ascii.isWord(text.charAt(at)) || " _-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** Whether what is called so is secret. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.endsWith("name")) {
            for (String word : SECRET) {
                if (lower.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The parts that are not empty. */
    static List<String> split(String text, String separators) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || separators.indexOf(text.charAt(at)) >= 0) {
                if (at > from) {
                    parts.add(text.substring(from, at));
                }
                from = at + 1;
            }
        }
        return parts;
    }

    private Assignments() {}
}
