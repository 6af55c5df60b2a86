package io.secretagent.bootstrap.backend.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.Configuration;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.LimitedHttpClient;
import java.time.Duration;

/** What the vault's client and the credentials have in common: transport, no retries, silence. */
final class Sdk {
    /** {@code LogLevel.NOT_SET} as its parser takes it. */
    private static final String NOT_SET = "5";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    static {
        silence();
    }

    static HttpClient httpClient(Deadline deadline) {
        return new JdkHttpClientBuilder(LimitedHttpClient.builder())
                .connectionTimeout(shorter(LONGEST_CONNECT, deadline))
                .responseTimeout(shorter(LONGEST_ANSWER, deadline))
                .build();
    }

    /** The SDK's own policy repeats even a certificate that is not trusted, for ten seconds. */
    static RetryPolicy noRetry() {
        return new RetryPolicy(new FixedDelay(0, Duration.ofMillis(1)));
    }

    /** Overrides {@code AZURE_HTTP_LOG_DETAIL_LEVEL}, which would log bodies. */
    static HttpLogOptions noLog() {
        return new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE);
    }

    /**
     * With no binding of SLF4J the SDK logs to System.out by itself if {@code AZURE_LOG_LEVEL} is in the environment, and
     * does not start if that is not a level it knows. Deprecated, but there is no other way that goes before a variable:
     * a system property does not.
     */
    @SuppressWarnings("deprecation")
    private static void silence() {
        Configuration.getGlobalConfiguration().put(Configuration.PROPERTY_AZURE_LOG_LEVEL, NOT_SET);
    }

    private static Duration shorter(Duration limit, Deadline deadline) {
        Duration remaining = deadline.remaining().plusMillis(1);
        return remaining.compareTo(limit) < 0 ? remaining : limit;
    }

    private Sdk() {}
}
