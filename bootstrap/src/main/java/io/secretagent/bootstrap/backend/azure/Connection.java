package io.secretagent.bootstrap.backend.azure;

import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings;

/** The SDK's client of one vault, and the login that all of its requests share. Any number of threads may use it. */
record Connection(SecretClient client, SharedToken token) {
    private static final Failure HTTPS_ONLY =
            new Failure(Failure.Kind.INVALID, "Azure's SDK sends tokens over https only", "use https in url");

    static Connection open(BackendSettings.AzureKeyVault settings, Deadline deadline) throws BackendException {
        if (!"https".equalsIgnoreCase(settings.url().getScheme())) {
            throw new BackendException(HTTPS_ONLY, null);
        }
        HttpClient http = Sdk.httpClient(deadline);
        SharedToken token = SharedToken.of(settings, http, deadline);
        SecretClient client = new SecretClientBuilder()
                .vaultUrl(settings.url().toString())
                .credential(token)
                // SharedToken makes this check, and its failure can be told apart there.
                .disableChallengeResourceVerification()
                .httpClient(http)
                .httpLogOptions(Sdk.noLog())
                .retryPolicy(Sdk.noRetry())
                .addPolicy(new ListCheck())
                .buildClient();
        return new Connection(client, token);
    }

    /** For another fetch: a login that failed is tried again. */
    Connection within(Deadline deadline) {
        token.begin(deadline);
        return this;
    }
}
