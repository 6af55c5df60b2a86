package io.secretagent.bootstrap.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Template;
import java.util.Map;

/** Fills a template from the fields of a secret. One pass: a field's text is never looked at for fields again. */
final class Composition {
    private static final String UNRESERVED = "-._~";

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
            return percentEncoded(value);
        }
        if (url && field.form() == Template.Form.PLAIN && !percentEncoded(value).equals(value)) {
            throw Values.failure(
                    Failure.Kind.INVALID,
                    "its field " + field.key() + " has characters that mean something else in a URL",
                    "write {" + field.key() + "|url} to encode them, or {" + field.key() + "|raw} to keep them");
        }
        return value;
    }

    /** RFC 3986, section 2.1; not the form encoding of URLEncoder, whose + is no space in a path or a password. */
    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(UTF_8)) {
            char c = (char) (octet & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private Composition() {}
}
