package io.secretagent.bootstrap.backend.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;

/** Why the chain of credentials came to no token. */
final class LoginFaults {
    private static final String PEER = "Azure's login";

    static Failure translate(RuntimeException thrown) {
        MsalServiceException answered = Faults.cause(thrown, MsalServiceException.class);
        Integer status = answered == null ? null : answered.statusCode();
        if (status != null && status == 429) {
            return new Failure(Kind.THROTTLED, PEER + " is throttled (429)", "spread the starts");
        }
        if (status != null && status >= 500) {
            return new Failure(Kind.UNAVAILABLE, PEER + " answers " + status, "try again; see Azure's status page");
        }
        if (thrown instanceof CredentialUnavailableException) {
            return new Failure(
                    Kind.DENIED,
                    "no Azure credential could be used; tried: " + tried(),
                    "give this process a managed identity or a workload identity, set AZURE_CLIENT_ID, AZURE_TENANT_ID"
                            + " and AZURE_CLIENT_SECRET, or run az login");
        }
        Failure network = Faults.ofNetwork(thrown, PEER, "authority");
        if (network != null) {
            return network;
        }
        if (answered != null || Faults.hasCause(thrown, ClientAuthenticationException.class)) {
            return new Failure(
                    Kind.DENIED,
                    PEER + " refuses the credential",
                    "check client-id and tenant-id, and that the secret, certificate or federation is valid");
        }
        return Faults.internal(thrown);
    }

    /** As {@code AZURE_TOKEN_CREDENTIALS} narrows the chain. */
    private static String tried() {
        String production = "environment, workload identity, managed identity";
        String development = "IntelliJ, Visual Studio Code, Azure CLI, Azure PowerShell, Azure Developer CLI";
        String chosen = System.getenv("AZURE_TOKEN_CREDENTIALS");
        return switch (chosen == null ? "" : chosen.trim()) {
            case "" -> production + ", " + development;
            case "prod" -> production;
            case "dev" -> development;
            default -> "the one that AZURE_TOKEN_CREDENTIALS names";
        };
    }

    private LoginFaults() {}
}
