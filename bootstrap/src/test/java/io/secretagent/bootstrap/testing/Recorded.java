package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** An audit as it was written. Each line that is read is held to the schema that ships. */
public final class Recorded {
    private static final Schema SCHEMA = schema();

    /** One line. */
    public record Line(String text, Map<String, Object> fields) {
        /** A field's text, or the empty text. */
        public String get(String name) {
            Object value = fields.get(name);
            return value == null ? "" : Json.text(value);
        }

        /** {@code event secret target outcome}, without what it has not. */
        public String brief() {
            StringBuilder brief = new StringBuilder(get("event"));
            for (String name : List.of("secret", "target")) {
                brief.append(get(name).isEmpty() ? "" : " " + get(name));
            }
            return get("outcome").equals("ok") ? brief.toString() : brief + ": " + get("outcome");
        }

        /** {@code class.method}, {@code thread NAME} or {@code user NAME}. */
        public String who() {
            Object who = fields.get("who");
            if (!(who instanceof Map<?, ?> fields)) {
                return "";
            }
            for (String kind : List.of("thread", "user")) {
                if (fields.containsKey(kind)) {
                    return kind + " " + fields.get(kind);
                }
            }
            return fields.get("class") + "." + fields.get("method");
        }
    }

    /** All lines of a file. */
    public static List<Line> in(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file, UTF_8)) {
            // An empty one is where a process saw another's line when only a part of it was there, and took it for cut.
            if (!text.isEmpty()) {
                lines.add(of(text));
            }
        }
        return lines;
    }

    /** Those lines of a text that are of an audit. */
    public static List<Line> among(String text) {
        return text.lines()
                .filter(line -> line.startsWith("{\"time\":"))
                .map(Recorded::of)
                .toList();
    }

    /** Everything in a folder, with what was put aside. */
    public static String allIn(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Line of(String text) {
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(text).isEmpty();
        return new Line(text, Objects.requireNonNull(Json.object(text.getBytes(UTF_8))));
    }

    private static Schema schema() {
        try (InputStream in = Recorded.class.getResourceAsStream("/io/secretagent/bootstrap/audit/audit.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Recorded() {}
}
