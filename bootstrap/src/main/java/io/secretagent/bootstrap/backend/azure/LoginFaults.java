package io.secretagent.bootstrap.backend.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.MsalJsonParsingException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import java.util.Locale;
import java.util.Set;

/** Why the chain of credentials came to no token. */
final class LoginFaults {
    private static final String PEER = "Azure's login";
    /** A virtual machine's endpoint answers so while an identity is being assigned to it, or it is being updated. */
    private static final Set<Integer> IDENTITY_IN_THE_MAKING = Set.of(404, 410);

    static final Failure TIMED_OUT = new Failure(
            Kind.TIMED_OUT,
            "no Azure credential in time; tried: " + tried(),
            "see whether az, azd or pwsh hangs, or name the credential to use in AZURE_TOKEN_CREDENTIALS");

    static final Failure SETTINGS = new Failure(
            Kind.INVALID,
            "Azure's SDK does not take the settings of the credential",
            "check tenant-id, authority (https), AZURE_TOKEN_CREDENTIALS and the other AZURE_ variables");

    /**
     * What the chain's exception means.
     *
     * @param status the last one that a login endpoint answered with, or 0
     */
    static Failure translate(Throwable thrown, int status) {
        if (thrown instanceof CredentialUnavailableException) {
            return denied(
                    "no Azure credential could be used; tried: " + tried(),
                    "give this process a managed identity or a workload identity, set AZURE_CLIENT_ID, AZURE_TENANT_ID"
                            + " and AZURE_CLIENT_SECRET, or run az login");
        }
        if (Faults.hasCause(thrown, MsalJsonParsingException.class)) {
            // The metadata address of other clouds is the same one, and a firewall may answer there too.
            return denied(
                    "no Azure credential could be used; what answers at the managed-identity address is not Azure",
                    "give this process another credential, or leave managed identity out: AZURE_TOKEN_CREDENTIALS=dev");
        }
        if (Faults.hasCause(thrown, IllegalArgumentException.class)) {
            return SETTINGS;
        }
        if (status == 429) {
            return new Failure(Kind.THROTTLED, PEER + " is throttled (429)", "spread the starts");
        }
        if (status >= 500 || IDENTITY_IN_THE_MAKING.contains(status)) {
            return new Failure(Kind.UNAVAILABLE, PEER + " answers " + status, "try again; see Azure's status page");
        }
        Failure network = Faults.ofNetwork(thrown, PEER, "authority");
        if (network != null) {
            return network;
        }
        if (thrown instanceof ClientAuthenticationException) {
            return denied(
                    PEER + " refuses the credential" + (status == 0 ? "" : " (" + status + ")"),
                    "check client-id and tenant-id, and that the secret, certificate or federation is valid");
        }
        return Failure.defect(thrown);
    }

    /** As {@code AZURE_TOKEN_CREDENTIALS} narrows the chain. */
    private static String tried() {
        String production = "environment, workload identity, managed identity";
        String development = "IntelliJ, Visual Studio Code, Azure CLI, Azure PowerShell, Azure Developer CLI";
        String chosen = System.getenv("AZURE_TOKEN_CREDENTIALS");
        return switch (chosen == null ? "" : chosen.trim().toLowerCase(Locale.ROOT)) {
            case "" -> production + ", " + development;
            case "prod" -> production;
            case "dev" -> development;
            default -> "the one that AZURE_TOKEN_CREDENTIALS names";
        };
    }

    private static Failure denied(String why, String mend) {
        return new Failure(Kind.DENIED, why, mend).inGeneral();
    }

    private LoginFaults() {}
}
