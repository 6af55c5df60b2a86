package io.secretagent.mask;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a value cannot be masked: its mask would ruin the logs, and tell the value by the words that went missing. */
final class Refusal {
    /** What no setting can lower. */
    static final int SHORTEST = 4;

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
            "utf-8");

    /**
     * The reason, or null if the value can be masked.
     *
     * @param minimumLength in characters
     */
    static @Nullable String of(String value, int minimumLength) {
        int shortest = Math.max(SHORTEST, minimumLength);
        if (value.codePointCount(0, value.length()) < shortest) {
            return "it has fewer than " + shortest + " characters";
        }
        if (COMMON.contains(value.toLowerCase(Locale.ROOT))) {
            return "it is a common word";
        }
        if (isOneCharacter(value)) {
            return "it is one character repeated";
        }
        return null;
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
