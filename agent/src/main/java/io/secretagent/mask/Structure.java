package io.secretagent.mask;

import java.util.List;
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

    /** Of attributes that are the same in all documents of a kind. The parts of a location are its. */
    private static final String[] SPACES = {"xmlns", "xsi:", "version=", "encoding=", "standalone=", "http:", "https:"};

    private static final String[] LITERALS = {
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "default",
        "auto",
        "always",
        "never",
        "enabled",
        "disabled",
        "trace",
        "debug",
        "info",
        "warn",
        "warning",
        "error",
        "json",
        "text",
        "production",
        "development",
        "staging",
        "test",
        "validate",
        "localhost"
    };

    /** From here on a part of a path may be what makes a URL a secret. */
    private static final int TELLING = 8;

    /** Whether the line is a section, a name with nothing behind it, or a harmless name with a value without a secret. */
    static boolean is(String line) {
        if (line.startsWith("#!/") || (line.startsWith("-----") && line.endsWith("-----"))) {
            return true;
        }
        if (line.startsWith("<") || line.startsWith("xmlns") || line.startsWith("xsi:")) {
            return isMarkup(line);
        }
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
        String value = rest.substring(1).strip();
        return rest.equals(":")
                || (isHarmless(name) && !isTelling(value))
                || (isLiteral(value) && !Assignments.isSecret(name));
    }

    /** Whether it is an element's begin or end, or has a harmless name, and no attributes but those that name a space. */
    private static boolean isMarkup(String line) {
        StringBuilder text = new StringBuilder();
        String element = "";
        boolean tag = true;
        int at = line.startsWith("<") ? 1 : 0;
        while (at < line.length()) {
            int end = line.indexOf(tag ? '>' : '<', at);
            end = end < 0 ? line.length() : end;
            if (tag) {
                List<String> words = Assignments.split(line.substring(at, end), " \t");
                if (!isTag(words, line.startsWith("<"))) {
                    return false;
                }
                element = element.isEmpty() ? words.get(0) : element;
            } else {
                text.append(line, at, end);
            }
            tag = !tag;
            at = end + 1;
        }
        String value = text.toString().strip();
        return line.indexOf("xmlns") >= 0
                || line.startsWith("xsi:")
                || (line.endsWith(">") && value.isEmpty())
                || ((isHarmless(element) || element.equals("id")) && !isTelling(value));
    }

    /** Whether it is a name, and not made of letters and digits as tokens are, with nothing but names of spaces behind it. */
    private static boolean isTag(List<String> words, boolean named) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean name = i == 0 && named;
            if (name ? !isName(word) : !begins(word, SPACES)) {
                return false;
            }
        }
        return !words.isEmpty();
    }

    private static boolean isName(String word) {
        boolean digits = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            digits |= c >= '0' && c <= '9';
            boolean end = i == 0 || i == word.length() - 1;
            if (!Ascii.isWord(c) && "-_.:".indexOf(c) < 0 && !(end && (c == '/' || c == '?'))) {
                return false;
            }
        }
        return !digits || word.length() < TELLING;
    }

    private static boolean begins(String word, String[] beginnings) {
        for (String beginning : beginnings) {
            if (word.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is one of the words that settings have which are no secret. */
    private static boolean isLiteral(String value) {
        String bare = value.replace("\"", "").replace("'", "").replace(",", "").strip();
        for (String literal : LITERALS) {
            if (bare.equalsIgnoreCase(literal)) {
                return true;
            }
        }
        return false;
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
