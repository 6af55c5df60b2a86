package io.secretagent.bootstrap.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as plain collections, numbers as they were written. Streamed, since databind would triple the start-up. */
public final class Json {
    /** JSON's null, so that a field that is there and null differs from one that is not there. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** A number with the digits it was written with: {@code 1.10} stays {@code 1.10}. */
    public record Numeral(String text) {}

    /** Made when there is something to parse, which takes 10 ms: most secrets are no JSON. */
    private static final class Streams {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(100)
                        .maxStringLength(64 << 20)
                        .build())
                .build();
    }

    /** The object that the bytes are, or null if they are not one JSON object and nothing else. */
    public static @Nullable Map<String, Object> object(byte[] utf8) {
        if (beginsOtherwise(utf8)) {
            return null;
        }
        try (JsonParser parser = Streams.FACTORY.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> object = readObject(parser);
            return parser.nextToken() == null ? object : null;
        } catch (IOException e) {
            // Jackson's message quotes the text around the fault, so it is dropped.
            return null;
        }
    }

    /** Compact text of a value of this class's kinds; a string is its own text. */
    public static String text(Object value) {
        if (value instanceof String string) {
            return string;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Streams.FACTORY.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    /** Whether the first sign is of ASCII and not the one that an object begins with; of other encodings the parser knows more. */
    private static boolean beginsOtherwise(byte[] text) {
        int at = 0;
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
            at++;
        }
        return at < text.length && text[at] > ' ' && text[at] != '{';
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, readValue(parser));
        }
        return object;
    }

    private static Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            default -> parser.getText();
        };
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(readValue(parser));
        }
        return list;
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                generator.writeFieldName((String) field.getKey());
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Numeral number) {
            generator.writeNumber(number.text());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof String string) {
            generator.writeString(string);
        } else {
            generator.writeNull();
        }
    }

    private Json() {}
}
