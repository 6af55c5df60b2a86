package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code {field}}, {@code {field|url}} and {@code {field|raw}}; a doubled brace is a literal one, and so is what
 * follows a doubled dollar.
 */
final class TemplateParser {
    private final String text;
    private final Node at;
    private final Problems problems;
    private final List<Template.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    TemplateParser(String text, Node at, Problems problems) {
        this.text = text;
        this.at = at;
        this.problems = problems;
    }

    /** Null after a problem was reported. */
    @Nullable Template parse() {
        if (Expansion.refuse(text, at, "template", problems)) {
            return null;
        }
        int fields = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (text.startsWith("$${", i)) {
                literal.append("${");
                i += 2;
            } else if (text.startsWith("{{", i) || text.startsWith("}}", i)) {
                literal.append(c);
                i++;
            } else if (c == '}') {
                return fail("a } without its {", "write }} for the character }");
            } else if (c == '{') {
                int close = text.indexOf('}', i);
                if (close < 0) {
                    return fail("a { that is not closed", "write {field}, or {{ for the character {");
                }
                if (!addField(text.substring(i + 1, close))) {
                    return null;
                }
                fields++;
                i = close;
            } else {
                literal.append(c);
            }
        }
        if (fields == 0) {
            return fail("no {field}", "name the fields of the JSON secret, such as {password}");
        }
        endLiteral();
        return new Template(text, parts);
    }

    private boolean addField(String inside) {
        int bar = inside.indexOf('|');
        String key = bar < 0 ? inside : inside.substring(0, bar);
        Template.Form form = switch (bar < 0 ? "" : inside.substring(bar)) {
            case "" -> Template.Form.PLAIN;
            case "|url" -> Template.Form.URL;
            case "|raw" -> Template.Form.RAW;
            default -> null;
        };
        if (form == null) {
            fail("an unknown form after |", "write {field}, {field|url} or {field|raw}");
            return false;
        }
        if (key.isBlank()
                || key.indexOf('{') >= 0
                || key.charAt(0) == '/'
                || !key.strip().equals(key)) {
            fail("a {...} that does not name a field", "write {field}, a top-level key of the JSON secret");
            return false;
        }
        endLiteral();
        parts.add(new Template.Part.Field(key, form));
        return true;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Template.Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private @Nullable Template fail(String what, String mend) {
        problems.error(at, "template with " + what, mend);
        return null;
    }
}
