package io.secretagent.bootstrap.backend.azure;

import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.secretagent.bootstrap.backend.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The codes of Azure's error answers: {@code {"error": {"code": .., "message": .., "innererror": {"code": ..}}}}. The
 * message is not kept.
 */
record ErrorBody(String code, @Nullable String innerCode) {

    /** The error in an answer, or null if its body is not one. */
    static @Nullable ErrorBody of(HttpResponse response) {
        BinaryData body = response.getBodyAsBinaryData();
        Map<String, Object> answer = body == null ? null : Json.object(body.toBytes());
        if (answer != null
                && answer.get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof String code) {
            return new ErrorBody(code, innerCode(error));
        }
        return null;
    }

    boolean is(String wanted) {
        return wanted.equals(innerCode) || wanted.equals(code);
    }

    private static @Nullable String innerCode(Map<?, ?> error) {
        // The REST reference writes innererror, its OData ancestor and some gateways innerError.
        Object inner = error.containsKey("innererror") ? error.get("innererror") : error.get("innerError");
        return inner instanceof Map<?, ?> map && map.get("code") instanceof String code ? code : null;
    }
}
