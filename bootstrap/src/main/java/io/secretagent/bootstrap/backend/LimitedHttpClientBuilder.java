package io.secretagent.bootstrap.backend;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Builds a {@link LimitedHttpClient}, also for a library that sets up the client by itself. */
final class LimitedHttpClientBuilder implements HttpClient.Builder {
    private final HttpClient.Builder builder;

    LimitedHttpClientBuilder(HttpClient.Builder builder) {
        this.builder = builder;
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler cookies) {
        builder.cookieHandler(cookies);
        return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration limit) {
        builder.connectTimeout(limit);
        return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
        builder.sslContext(context);
        return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
        builder.sslParameters(parameters);
        return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
        builder.executor(executor);
        return this;
    }

    @Override
    public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
        builder.followRedirects(policy);
        return this;
    }

    @Override
    public HttpClient.Builder version(HttpClient.Version version) {
        builder.version(version);
        return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
        builder.priority(priority);
        return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector proxies) {
        builder.proxy(proxies);
        return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
        builder.authenticator(authenticator);
        return this;
    }

    @Override
    public HttpClient build() {
        return new LimitedHttpClient(builder.build());
    }
}
