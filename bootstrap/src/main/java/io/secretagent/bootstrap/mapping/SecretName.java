package io.secretagent.bootstrap.mapping;

/**
 * Where a secret lives: a path in a backend and, within what is stored there, a selection.
 *
 * @param backend the backend's name in the mapping
 * @param path the path as the backend takes it, after expansion
 * @param text {@code path#key} as the mapping writes it, before expansion; this is what people are shown
 */
public record SecretName(String backend, String path, Selection selection, String text) {

    /** Which part of the stored value. */
    public sealed interface Selection {
        /** All of it, as it is. */
        record Whole() implements Selection {}

        /** {@code #KEY}: one top-level field. */
        record Field(String key) implements Selection {}

        /** {@code #/a/b}: a JSON pointer, RFC 6901. */
        record Pointer(String pointer) implements Selection {}

        /** {@code #*}: every top-level field. */
        record AllFields() implements Selection {}
    }

    @Override
    public String toString() {
        return text;
    }
}
