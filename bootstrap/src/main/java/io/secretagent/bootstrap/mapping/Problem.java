package io.secretagent.bootstrap.mapping;

/**
 * One thing wrong with a mapping.
 *
 * @param what names and places only, never a value
 * @param mend what to do about it
 */
public record Problem(Severity severity, Place place, String what, String mend) {

    /** Whether the application may start all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** {@code file:line:column: what; mend}, and {@code warning: } before what is only that. */
    public String line() {
        return place + (severity == Severity.WARNING ? ": warning: " : ": ") + what + "; " + mend;
    }
}
