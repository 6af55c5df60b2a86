package io.secretagent.bootstrap.mapping;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a mapping.
 *
 * @param code of the guard that found it, such as {@code SA103}, or null
 * @param what names and places only, never a value
 * @param mend what to do about it
 */
public record Problem(
        Severity severity, Place place, @Nullable String code, String what, String mend) {

    /** Whether the application may start all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** {@code file:line:column: what; mend}, and {@code warning: } before what is only that. */
    public String line() {
        return place + (severity == Severity.WARNING ? ": warning: " : ": ") + (code == null ? "" : code + ": ") + what
                + "; " + mend;
    }
}
