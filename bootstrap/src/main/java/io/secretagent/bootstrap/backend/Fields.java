package io.secretagent.bootstrap.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of what a store holds: where {@code #key} is looked for. */
public final class Fields {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * The fields by name, with values as {@link Content.Fields} describes them; or null if the content is bytes that
     * are not of their format. What is wrong with them is not said, since a parser's words quote what it reads.
     */
    public static @Nullable Map<String, Object> of(Content content) {
        if (content instanceof Content.Fields held) {
            return held.fields();
        }
        Content.Bytes bytes = (Content.Bytes) content;
        if (bytes.format() == Content.Format.JSON) {
            return Json.object(bytes.value());
        }
        String text = text(bytes.value());
        if (text == null) {
            return null;
        }
        return switch (bytes.format()) {
            case ENV -> DotEnv.parse(text);
            case PROPERTIES -> properties(text);
            case YAML -> YamlFields.parse(text);
            case JSON -> throw new AssertionError("read above, as bytes");
        };
    }

    private static @Nullable Map<String, Object> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        Map<String, Object> fields = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            fields.put(name, properties.getProperty(name));
        }
        return fields;
    }

    private static @Nullable String text(byte[] utf8) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private Fields() {}
}
