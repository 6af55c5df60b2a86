package io.secretagent.mask;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a value cannot be masked: its mask would ruin the logs, and tell the value by the words that went missing. */
final class Refusal {
    /** What no setting can lower. */
    static final int SHORTEST = 4;

    /** Looking for a value takes many times its length in memory. */
    private static final int LONGEST = 1 << 20;

    private static final int LONGEST_WORD = 16;

    /** Ports, years, times in milliseconds. */
    private static final int LONGEST_NUMBER = 5;

    private static final Set<String> COMMON = Set.of(
            "true",
            "false",
            "null",
            "none",
            "undefined",
            "default",
            "enabled",
            "disabled",
            "localhost",
            "127.0.0.1",
            "0.0.0.0",
            "password",
            "passwort",
            "passwd",
            "secret",
            "token",
            "changeit",
            "changeme",
            "admin",
            "administrator",
            "root",
            "user",
            "username",
            "guest",
            "test",
            "example",
            "postgres",
            "mysql",
            "oracle",
            "debug",
            "info",
            "warn",
            "error",
            "production",
            "staging",
            "development",
            "http",
            "https",
            "utf-8",
            "application",
            "azure",
            "bearer",
            "basic",
            "client",
            "docker",
            "elastic",
            "host",
            "java",
            "kubernetes",
            "local",
            "main",
            "mariadb",
            "master",
            "mongodb",
            "name",
            "port",
            "prod",
            "public",
            "rabbitmq",
            "redis",
            "server",
            "service",
            "string",
            "system",
            "tomcat",
            "value",
            "vault",
            "www-data");

    /**
     * The reason, or null if the value can be masked.
     *
     * @param minimumLength in characters
     */
    static @Nullable String of(String value, int minimumLength) {
        if (value.length() > LONGEST) {
            return "it has more than " + LONGEST + " characters";
        }
        // A file that holds "true" and a newline is as common as the word.
        String core = value.strip();
        int shortest = Math.max(SHORTEST, minimumLength);
        if (core.codePointCount(0, core.length()) < shortest) {
            return "it has fewer than " + shortest + " characters";
        }
        if (core.length() <= LONGEST_WORD && COMMON.contains(core.toLowerCase(Locale.ROOT))) {
            return "it is a common word";
        }
        if (core.length() <= LONGEST_NUMBER && isNumber(core)) {
            return "it is a small number";
        }
        if (isOneCharacter(core)) {
            return "it is one character repeated";
        }
        return null;
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneCharacter(String value) {
        for (int i = 1; i < value.length(); i++) {
            if (value.charAt(i) != value.charAt(0)) {
                return false;
            }
        }
        return true;
    }

    private Refusal() {}
}
