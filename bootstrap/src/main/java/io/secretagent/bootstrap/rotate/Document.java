package io.secretagent.bootstrap.rotate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Fields;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a store holds, with the part that a secret name selects exchanged. */
final class Document {
    /** Added to a key: where its value before is kept, so that a server can take both for a while. */
    private static final String OLD = "_OLD";

    /**
     * The content with this value. Of a key the others stay.
     *
     * @param keeps whether its value before becomes {@code KEY_OLD}; else there is no such key afterwards
     */
    static Content with(Content content, Selection selection, String value, boolean keeps) throws BackendException {
        if (selection instanceof Selection.Field field) {
            return withKey(content, field.key(), value, keeps);
        }
        requireWhole(selection);
        if (content instanceof Content.Bytes bytes) {
            return new Content.Bytes(value.getBytes(UTF_8), bytes.format());
        }
        Map<String, Object> fields = Json.object(value.getBytes(UTF_8));
        if (fields == null) {
            throw failure(
                    Kind.INVALID, "Vault holds keys, and the new value is not a JSON object", "name a key: path#KEY");
        }
        return new Content.Fields(fields);
    }

    /** The content with what the name selects of another, as it was: it may be a number, or no text at all. */
    static Content restored(Content content, Selection selection, Content before) throws BackendException {
        if (selection instanceof Selection.Field field) {
            Object value = fields(before).get(field.key());
            if (value == null || value == Json.NULL) {
                throw failure(
                        Kind.NOT_FOUND,
                        "there was no key " + field.key() + " in it",
                        "rotate to a value that you know");
            }
            return withKey(content, field.key(), value, true);
        }
        requireWhole(selection);
        return before;
    }

    private static Content withKey(Content content, String key, Object value, boolean keeps) throws BackendException {
        Map<String, Object> fields = new LinkedHashMap<>(fields(content));
        Object old = fields.get(key);
        if (!keeps) {
            fields.remove(key + OLD);
        } else if (old != null && old != Json.NULL && !key.endsWith(OLD)) {
            fields.put(key + OLD, old);
        }
        fields.put(key, value);
        return content instanceof Content.Fields
                ? new Content.Fields(fields)
                : new Content.Bytes(Json.text(fields).getBytes(UTF_8), Content.Format.JSON);
    }

    private static void requireWhole(Selection selection) throws BackendException {
        if (!(selection instanceof Selection.Whole)) {
            throw failure(Kind.INVALID, "rotate changes a whole secret or one key of it", "name it as path#KEY");
        }
    }

    static boolean same(Content one, Content other) {
        if (one instanceof Content.Bytes bytes && other instanceof Content.Bytes others) {
            return Arrays.equals(bytes.value(), others.value());
        }
        return one instanceof Content.Fields fields && fields.equals(other);
    }

    private static Map<String, Object> fields(Content content) throws BackendException {
        boolean json = content instanceof Content.Fields || ((Content.Bytes) content).format() == Content.Format.JSON;
        Map<String, Object> fields = json ? Fields.of(content) : null;
        if (fields == null) {
            throw failure(
                    Kind.INVALID, "only of JSON can one key be changed", "edit the file, or rotate the whole of it");
        }
        return fields;
    }

    private static BackendException failure(Kind kind, String why, String mend) {
        return new BackendException(new Failure(kind, why, mend), null);
    }

    private Document() {}
}
