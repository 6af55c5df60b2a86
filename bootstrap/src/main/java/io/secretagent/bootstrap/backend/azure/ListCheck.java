package io.secretagent.bootstrap.backend.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import io.secretagent.bootstrap.backend.Json;
import java.util.List;
import java.util.Map;

/**
 * Refuses a list that is none. The SDK takes whatever it cannot read for an empty one ({@code SecretClientImpl.getValues}
 * catches all), so behind a proxy's login page each secret would be one that is not there any more.
 */
final class ListCheck extends HttpPipelineSyncPolicy {
    private static final int OK = 200;

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        if (response.getStatusCode() != OK
                || !isList(context.getHttpRequest().getUrl().getPath())) {
            return response;
        }
        HttpResponse read = response.buffer();
        BinaryData body = read.getBodyAsBinaryData();
        Map<String, Object> answer = body == null ? null : Json.object(body.toBytes());
        Object value = answer == null ? null : answer.get("value");
        if (!(value instanceof List) && value != Json.NULL) {
            throw new HttpResponseException("not a list", read);
        }
        return read;
    }

    /** Of the secrets, or of the versions of one. */
    private static boolean isList(String path) {
        return path.matches("/secrets/?|/secrets/[^/]+/versions/?");
    }
}
