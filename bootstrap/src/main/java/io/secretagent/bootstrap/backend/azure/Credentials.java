package io.secretagent.bootstrap.backend.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Azure's default chain of credentials, with the mapping's settings. */
final class Credentials {
    /** The login hosts that MSAL knows by itself. */
    private static final Set<String> PUBLIC_AUTHORITIES = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.microsoftonline.de",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn",
            "login.windows.net",
            "login.microsoft.com",
            "sts.windows.net");

    static TokenCredential build(BackendSettings.AzureKeyVault settings, HttpClient http, LoginStatus status)
            throws BackendException {
        DefaultAzureCredentialBuilder builder = new DefaultAzureCredentialBuilder()
                .httpClient(http)
                .httpLogOptions(Sdk.noLog())
                .retryPolicy(Sdk.noRetry())
                .addPolicy(status);
        if (settings.clientId() != null) {
            builder.managedIdentityClientId(settings.clientId()).workloadIdentityClientId(settings.clientId());
        }
        if (settings.tenantId() != null) {
            builder.tenantId(settings.tenantId());
        }
        if (settings.authority() != null) {
            builder.authorityHost(settings.authority().toString());
        }
        if (!isPublic(settings.authority())) {
            // Else MSAL asks the public cloud whether this authority is one, which a closed network cannot.
            builder.disableInstanceDiscovery();
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new BackendException(LoginFaults.SETTINGS, e);
        }
    }

    private static boolean isPublic(@Nullable URI setting) {
        String variable = System.getenv("AZURE_AUTHORITY_HOST");
        if (setting == null && (variable == null || variable.isBlank())) {
            return true;
        }
        String authority = setting != null ? setting.toString() : variable;
        return PUBLIC_AUTHORITIES.stream()
                .anyMatch(host -> authority.matches("https://" + host.replace(".", "\\.") + "/?"));
    }

    private Credentials() {}
}
