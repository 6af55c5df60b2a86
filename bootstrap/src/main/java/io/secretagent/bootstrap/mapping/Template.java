package io.secretagent.bootstrap.mapping;

import java.util.List;

/**
 * A value composed from the fields of a JSON secret: {@code jdbc:postgresql://{host}:{port}/{database}}.
 *
 * @param text as the mapping writes it
 */
public record Template(String text, List<Part> parts) {

    public Template {
        parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    public sealed interface Part {
        /** Text that stands as it is. */
        record Literal(String text) implements Part {}

        /** {@code {key}}, or with {@code |url} or {@code |raw}. */
        record Field(String key, Form form) implements Part {}
    }

    /** How a field's text is put in. */
    public enum Form {
        /** As it is; but in a template with {@code ://} a URL-reserved character in it is refused. */
        PLAIN,
        /** Percent-encoded. */
        URL,
        /** As it is. */
        RAW
    }
}
