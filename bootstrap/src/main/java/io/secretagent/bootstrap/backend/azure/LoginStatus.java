package io.secretagent.bootstrap.backend.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Keeps the last status that a login endpoint answered: what the credentials throw has lost it. */
final class LoginStatus implements HttpPipelinePolicy {
    private volatile int last;

    /** The last status, or 0 if nothing has answered since {@link #clear()}. */
    int last() {
        return last;
    }

    void clear() {
        last = 0;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().doOnNext(this::keep);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        keep(response);
        return response;
    }

    private void keep(HttpResponse response) {
        last = response.getStatusCode();
    }
}
