package io.secretagent.bootstrap.command.draft;

import io.secretagent.channel.OneLine;
import java.util.regex.Pattern;

/** Text as YAML takes it. */
final class Yaml {
    /** What needs no quotes whatever follows it. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.$][A-Za-z0-9_/.@+=#${}*-]*");

    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.equals("null") && !text.equals("Null");
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    /** What a line's end cannot be in. */
    static String comment(String text) {
        return OneLine.of(text);
    }

    private Yaml() {}
}
