package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server said.
 *
 * @param body the JSON object, or null if the body is anything else
 * @param retryAfter the server's wish, or null
 */
record Answer(
        int status,
        @Nullable Map<String, Object> body,
        @Nullable Duration retryAfter) {

    /**
     * Whether the server is a Vault: each of its answers has its number or what was asked for, each refusal a list of
     * errors. What stands before it, such as a gateway or a proxy, speaks JSON too.
     */
    boolean isVaults() {
        return body != null
                && (body.containsKey("request_id")
                        || body.containsKey("data")
                        || body.containsKey("auth")
                        || body.get("errors") instanceof List);
    }

    /** The object under these keys, one inside the other, or null. */
    @SuppressWarnings("unchecked") // Json's objects have strings as their keys
    @Nullable Map<String, Object> object(String... keys) {
        Map<String, Object> object = body;
        for (String key : keys) {
            object = object != null && object.get(key) instanceof Map<?, ?> inner ? (Map<String, Object>) inner : null;
        }
        return object;
    }

    /** The text or number of a field, or the empty text. */
    static String text(@Nullable Map<String, Object> object, String key) {
        Object value = object == null ? null : object.get(key);
        if (value instanceof Json.Numeral number) {
            return number.text();
        }
        return value instanceof String string ? string : "";
    }

    /** A field that is a number of seconds; 0 if it is not. */
    static long seconds(@Nullable Map<String, Object> object, String key) {
        String text = text(object, key);
        return text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    }

    /** Whether one of the server's errors or warnings holds these words. They are compared, and never shown. */
    boolean says(String words) {
        return holds("errors", words) || holds("warnings", words);
    }

    private boolean holds(String key, String words) {
        return body != null
                && body.get(key) instanceof List<?> lines
                && lines.stream().anyMatch(line -> line instanceof String text && text.contains(words));
    }

    /** Never the body. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
