package io.secretagent.bootstrap.docs;

import static java.util.Objects.requireNonNull;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reference of the mapping, as Markdown, from its JSON Schema. */
final class MappingReference {
    private static final String PREFACE = """
            # The mapping: reference

            Every key, from the JSON Schema that `secret-agent schema` prints; examples are in the
            [README](../../README.md#the-mapping). With the schema an editor completes and checks as you write: the first line
            `# yaml-language-server: $schema=secrets.schema.json` tells those that use the YAML language server.

            **Values.** A *text* is taken as it is written: `1.10`, `off` and `1:30` stay what they are. A *duration* is a number with
            `ms`, `s`, `m`, `h` or `d`. In the settings of backends and in secret names `${NAME}` and `${NAME:-fallback}` are
            replaced by variables of the process; `$${` is `${`.

            **Secret names.** `path` is the whole secret, `path#KEY` one key of a JSON secret, `path#/a/b` a field within (a JSON
            pointer), `path#*` every key of the first level. The last `#` counts.

            **Targets.** After a name stands a property, a map of the keys [below](#an-entry), or a list of these. For `path#*` the
            property ends in `.*` and the variable in `_*`.
            """;

    private final Map<String, Object> schema;
    private final StringBuilder text = new StringBuilder(PREFACE);

    static String write() throws IOException {
        try (InputStream in = requireNonNull(Mapping.class.getResourceAsStream("secrets.schema.json"))) {
            MappingReference reference = new MappingReference(requireNonNull(Json.object(in.readAllBytes())));
            reference.writeAll();
            return reference.text.toString();
        }
    }

    private MappingReference(Map<String, Object> schema) {
        this.schema = schema;
    }

    private void writeAll() {
        section("## The file", schema);
        nested(schema);
        section("## An entry", definition("entry"));
        text.append("\nAn entry has `property`, `env` or both.\n\n## Backends\n");
        for (String type :
                words(map(map(definition("backend"), "properties"), "type").get("enum"))) {
            section("### `type: " + type + "`", definition(type));
        }
        text.append("\n## Vault's `auth`\n");
        for (String method :
                words(map(map(definition("auth"), "properties"), "method").get("enum"))) {
            section("### `method: " + method + "`", definition("auth-" + method));
        }
    }

    private void section(String title, Map<?, ?> object) {
        text.append('\n').append(title).append("\n\n");
        if (object.get("description") instanceof String description) {
            text.append(description).append("\n\n");
        }
        text.append("| Key | Value | |\n|---|---|---|\n");
        List<String> required = words(object.get("required"));
        map(object, "properties").forEach((key, value) -> {
            Map<?, ?> property = (Map<?, ?>) value;
            if (property.get("const") == null || !required.contains(key)) {
                text.append("| `").append(key).append('`').append(required.contains((String) key) ? ", required" : "");
                text.append(" | ").append(value(property)).append(" | ");
                text.append(String.valueOf(property.get("description")).replaceAll("[|*]", "\\\\$0"))
                        .append(" |\n");
            }
        });
    }

    /** Objects within the file's keys. */
    private void nested(Map<?, ?> object) {
        map(object, "properties")
                .forEach((key, value) -> objects((Map<?, ?>) value).forEach(inner -> {
                    if (inner.get("properties") != null) {
                        section("### `" + key + "`", inner);
                    }
                }));
    }

    private static List<Map<?, ?>> objects(Map<?, ?> value) {
        List<Map<?, ?>> objects = new ArrayList<>(List.of(value));
        if (value.get("oneOf") instanceof List<?> choices) {
            choices.forEach(choice -> objects.add((Map<?, ?>) choice));
        }
        return objects;
    }

    private String value(Map<?, ?> property) {
        if (property.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return switch (name) {
                case "flag", "setting-flag" -> "`true`, `false`";
                case "duration", "setting-duration" -> "duration";
                case "setting-kv-version" -> "`1`, `2`";
                case "variable" -> "variable";
                case "auth" -> "[map](#vaults-auth)";
                case "backend" -> "[map](#backends)";
                default -> definition(name).get("enum") != null ? value(definition(name)) : name;
            };
        }
        if (property.get("enum") instanceof List<?> list) {
            return list.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }
        if (property.get("const") != null) {
            return "`" + property.get("const") + "`";
        }
        if (property.get("oneOf") instanceof List<?> choices) {
            return choices.stream().map(choice -> value((Map<?, ?>) choice)).collect(Collectors.joining(", or "));
        }
        return switch (String.valueOf(property.get("type"))) {
            case "object" -> "map";
            case "array" -> "list of texts";
            case "integer" -> "number";
            case "string" -> "`${NAME}`";
            default -> "text";
        };
    }

    private Map<?, ?> definition(String name) {
        return map(map(schema, "$defs"), name);
    }

    private static Map<?, ?> map(Map<?, ?> object, String key) {
        return (Map<?, ?>) requireNonNull(object.get(key), key);
    }

    private static List<String> words(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
