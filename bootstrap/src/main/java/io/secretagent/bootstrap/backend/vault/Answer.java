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
     * Whether the server is a Vault: each of its answers has what was asked for, or says at least what was lent, and each
     * refusal is a list of texts. What stands before it, such as a gateway or a proxy, speaks JSON too: Kong's errors have
     * a {@code request_id}, those of JSON:API and GraphQL are lists of objects beside a {@code data} that is null.
     */
    boolean isVaults() {
        return body != null
                && (body.get("data") instanceof Map
                        || body.get("auth") instanceof Map
                        || body.containsKey("lease_id")
                        || (body.get("errors") instanceof List<?> errors
                                && errors.stream().allMatch(String.class::isInstance)));
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

    /** A field that is a number of seconds; 0 if it is not, or is longer than thirty years, which is for ever. */
    static long seconds(@Nullable Map<String, Object> object, String key) {
        String text = text(object, key);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    /** The number of a version, which goes into lines and paths; the empty text if it is not one. */
    static String version(@Nullable Map<String, Object> object, String key) {
        String text = text(object, key);
        return isVersion(text) ? text : "";
    }

    static boolean isVersion(String text) {
        return text.matches("[1-9]\\d{0,8}");
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
