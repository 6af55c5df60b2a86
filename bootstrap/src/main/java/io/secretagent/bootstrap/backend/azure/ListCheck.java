package io.secretagent.bootstrap.backend.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import io.secretagent.bootstrap.backend.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a list that is none. The SDK takes whatever it cannot read for an empty one ({@code SecretClientImpl.getValues}
 * catches all), so behind a proxy's login page each secret would be one that is not there any more. It also asks for the
 * next page wherever the list says, and takes the token there.
 */
final class ListCheck extends HttpPipelineSyncPolicy {
    private static final int OK = 200;
    private static final int HTTPS = 443;

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        if (response.getStatusCode() != OK
                || !asksForList(context.getHttpRequest().getUrl().getPath())) {
            return response;
        }
        HttpResponse read = response.buffer();
        BinaryData body = read.getBodyAsBinaryData();
        Map<String, Object> answer = body == null ? null : Json.object(body.toBytes());
        if (answer == null
                || !isList(answer.get("value"))
                || !isAt(context.getHttpRequest().getUrl(), answer.get("nextLink"))) {
            throw new HttpResponseException("not a list", read);
        }
        return read;
    }

    /** Of what has a name. */
    private static boolean isList(@Nullable Object value) {
        return value == Json.NULL
                || (value instanceof List<?> list
                        && list.stream()
                                .allMatch(item -> item instanceof Map<?, ?> secret
                                        && secret.get("id") instanceof String id
                                        && id.matches("https?://[^/]+/secrets/[^/]+(/[^/]+)?")));
    }

    /** Whether the next page, if there is one, is where this one was. */
    private static boolean isAt(URL asked, @Nullable Object nextLink) {
        if (nextLink == null || nextLink == Json.NULL || "".equals(nextLink)) {
            return true;
        }
        try {
            URI next = new URI(String.valueOf(nextLink));
            return "https".equalsIgnoreCase(next.getScheme())
                    && asked.getHost().equalsIgnoreCase(next.getHost())
                    && port(asked.getPort()) == port(next.getPort());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Azure writes it out. */
    private static int port(int written) {
        return written < 0 ? HTTPS : written;
    }

    /** Of the secrets, or of the versions of one. */
    private static boolean asksForList(String path) {
        return path.matches("/secrets/?|/secrets/[^/]+/versions/?");
    }
}
