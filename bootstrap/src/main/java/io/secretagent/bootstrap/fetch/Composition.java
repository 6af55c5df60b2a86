package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Template;
import io.secretagent.channel.PercentEncoding;
import java.util.Map;

/** Fills a template from the fields of a secret. One pass: a field's text is never looked at for fields again. */
final class Composition {
    static String fill(Template template, Map<String, Object> fields, Entry entry) throws BackendException {
        boolean url = template.text().contains("://");
        StringBuilder filled = new StringBuilder();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Part.Literal literal) {
                filled.append(literal.text());
            } else {
                Template.Part.Field field = (Template.Part.Field) part;
                filled.append(form(field, Values.field(fields, field.key(), entry), url));
            }
        }
        return filled.toString();
    }

    private static String form(Template.Part.Field field, String value, boolean url) throws BackendException {
        if (field.form() == Template.Form.URL) {
            return PercentEncoding.of(value);
        }
        if (url
                && field.form() == Template.Form.PLAIN
                && !PercentEncoding.of(value).equals(value)) {
            throw Values.failure(
                    Failure.Kind.INVALID,
                    "its field " + field.key() + " has characters that mean something else in a URL",
                    "write {" + field.key() + "|url} to encode them, or {" + field.key() + "|raw} to keep them");
        }
        return value;
    }

    private Composition() {}
}
