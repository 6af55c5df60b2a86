package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is looked for besides mistakes: the habits that lose secrets. Each has a code and a switch. */
public enum Guard {
    /** A token of a well-known shape in the mapping. */
    PASTED_SECRET("SA101", Level.ERROR, false),
    /** Text in the mapping that looks generated. */
    RANDOM_TEXT("SA102", Level.WARNING, false),
    /** {@code http} to another machine; without {@code insecure: true} an error that has no switch. */
    INSECURE_ADDRESS("SA103", Level.WARNING, false),
    /** A file with a token or a key that every user of the machine can read. */
    READABLE_CREDENTIAL("SA104", Level.WARNING, false),
    /** A default, common, short or monotonous value. */
    WEAK_VALUE("SA105", Level.WARNING, true),
    /** One value in two environments. */
    SHARED_VALUE("SA106", Level.WARNING, true),
    /** One value under two names. */
    REPEATED_VALUE("SA107", Level.WARNING, true),
    /** Priority P0 or P1 without {@code rotate}. */
    NO_ROTATION("SA108", Level.WARNING, true),
    /** The mapping in a folder that every user can write to. */
    WRITABLE_FOLDER("SA109", Level.WARNING, false);

    /** What becomes of a finding. */
    public enum Level {
        OFF,
        WARNING,
        ERROR
    }

    private final String code;
    private final Level level;
    private final boolean ofSecret;

    Guard(String code, Level level, boolean ofSecret) {
        this.code = code;
        this.level = level;
        this.ofSecret = ofSecret;
    }

    /** Such as {@code SA103}; never changed, since mappings and pipelines name it. */
    public String code() {
        return code;
    }

    /** What becomes of a finding unless the mapping says otherwise. */
    Level level() {
        return level;
    }

    static @Nullable Guard of(String code) {
        for (Guard guard : values()) {
            if (guard.code.equals(code)) {
                return guard;
            }
        }
        return null;
    }

    /** The codes that {@code guards:} takes; in an entry those that look at one secret. */
    static List<String> codes(boolean inEntry) {
        List<String> codes = new ArrayList<>();
        for (Guard guard : values()) {
            if (guard.ofSecret || !inEntry) {
                codes.add(guard.code);
            }
        }
        return codes;
    }
}
