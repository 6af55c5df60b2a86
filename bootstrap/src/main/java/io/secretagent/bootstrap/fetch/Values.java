package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Fields;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Suggestions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From what a store holds to the text that an entry asks for. */
final class Values {

    /** All of the content as text: strict UTF-8, or base64 where the entry says so; fields become compact JSON. */
    static String whole(Content content, Entry entry, boolean trim) throws BackendException {
        if (content instanceof Content.Fields fields) {
            return Json.text(fields.fields());
        }
        byte[] bytes = ((Content.Bytes) content).value();
        if (entry.reading().base64()) {
            return notEmpty(Base64.getEncoder().encodeToString(bytes), entry);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure(Failure.Kind.INVALID, "its value is not UTF-8 text", "add encoding: base64 to the entry");
        }
        return notEmpty(trim ? withoutLastNewline(text) : text, entry);
    }

    /** The fields of the content. */
    static Map<String, Object> fields(Content content) throws BackendException {
        Map<String, Object> fields = Fields.of(content);
        if (fields == null) {
            String format =
                    content instanceof Content.Bytes bytes ? bytes.format().name() : "JSON";
            throw failure(
                    Failure.Kind.INVALID,
                    "its value is not " + format + " with fields, so it has no keys",
                    "drop the # part, or store a document of that form");
        }
        return fields;
    }

    /** One top-level field as text. */
    static String field(Map<String, Object> fields, String key, Entry entry) throws BackendException {
        Object value = fields.get(key);
        if (value == null || value == Json.NULL) {
            throw failure(
                    Failure.Kind.NOT_FOUND,
                    value == null ? "there is no key " + key + " in it" : "its key " + key + " is null",
                    Suggestions.mend(key, fields.keySet()));
        }
        return notEmpty(Json.text(value), entry);
    }

    /** What an RFC 6901 pointer leads to, as text. */
    static String pointer(Map<String, Object> fields, String pointer, Entry entry) throws BackendException {
        Object value = fields;
        for (String token : pointer.substring(1).split("/", -1)) {
            value = step(value, token.replace("~1", "/").replace("~0", "~"));
        }
        if (value == null || value == Json.NULL) {
            throw failure(
                    Failure.Kind.NOT_FOUND,
                    "the pointer " + pointer + " leads to nothing in it",
                    Suggestions.mend(pointer, fields.keySet()));
        }
        return notEmpty(Json.text(value), entry);
    }

    static BackendException failure(Failure.Kind kind, String why, String mend) {
        return new BackendException(new Failure(kind, why, mend), null);
    }

    private static @Nullable Object step(@Nullable Object value, String token) {
        if (value instanceof Map<?, ?> map) {
            return map.get(token);
        }
        if (value instanceof List<?> list && isIndex(token)) {
            int index = Integer.parseInt(token);
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }

    /** Digits without a leading zero, few enough for an int. */
    private static boolean isIndex(String token) {
        if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) < '0' || token.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String notEmpty(String text, Entry entry) throws BackendException {
        if (text.isEmpty() && !entry.reading().allowEmpty()) {
            throw failure(Failure.Kind.NOT_FOUND, "its value is empty", "store a value, or add allow-empty: true");
        }
        return text;
    }

    private static String withoutLastNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private Values() {}
}
