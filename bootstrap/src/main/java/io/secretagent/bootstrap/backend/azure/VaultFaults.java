package io.secretagent.bootstrap.backend.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.TooLongException;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a vault's answers mean when they are not a secret. */
final class VaultFaults {
    static final Failure NOT_A_VAULT = new Failure(
            Kind.UNREACHABLE,
            "the answer does not come from a key vault",
            "check url, and whether a proxy or a login page answers in its place");

    private static final String GRANT = "grant the role \"Key Vault Secrets User\" on the vault";

    static BackendException translate(RuntimeException thrown) {
        HttpResponseException answered = Faults.cause(thrown, HttpResponseException.class);
        if (answered != null && answered.getResponse() != null) {
            HttpResponse response = answered.getResponse();
            return new BackendException(ofAnswer(response), thrown, retryAfter(response));
        }
        return new BackendException(ofNoAnswer(thrown), thrown);
    }

    static final Failure NO_SUCH_SECRET = new Failure(
            Kind.NOT_FOUND,
            "there is no such secret, or no such version of it",
            "check the name; list them: az keyvault secret list");

    private static Failure ofAnswer(HttpResponse response) {
        int status = response.getStatusCode();
        if (status == 429) {
            return new Failure(Kind.THROTTLED, "throttled (429)", "spread the starts, or use more than one vault");
        }
        if (status >= 500) {
            return new Failure(Kind.UNAVAILABLE, "the vault answers " + status, "try again; see Azure's status page");
        }
        ErrorBody error = ErrorBody.of(response);
        if (status == 401) {
            return denied("the vault does not accept the token (401)", "check tenant-id, and that the vault is in it")
                    .inGeneral();
        }
        if (error == null) {
            return NOT_A_VAULT;
        }
        return switch (status) {
            case 403 -> forbidden(error);
            case 404 -> error.is("SecretNotFound") ? NO_SUCH_SECRET : NOT_A_VAULT;
            case 400 ->
                new Failure(Kind.INVALID, "the vault takes it for a bad request (400)", "check name and version");
            default -> NOT_A_VAULT;
        };
    }

    /** Told apart by the inner code, as the REST reference and the troubleshooting guide list them. */
    private static Failure forbidden(ErrorBody error) {
        if (error.is("SecretDisabled")) {
            return new Failure(Kind.DISABLED, "disabled", "enable this version, or set a new one");
        }
        if (error.is("SecretNotYetValid")) {
            return new Failure(Kind.DISABLED, "not valid yet", "wait, or set an earlier activation date");
        }
        if (error.is("SecretExpired")) {
            return new Failure(Kind.DISABLED, "expired", "set a new version, or a later expiration date");
        }
        if (error.is("ForbiddenByFirewall")) {
            return denied(
                            "the vault's firewall refuses this address (403)",
                            "add the address or its network to the vault's networking rules")
                    .inGeneral();
        }
        if (error.is("ForbiddenByConnection")) {
            return denied(
                            "the vault refuses connections from public networks (403)",
                            "use the vault's private endpoint, or allow this network")
                    .inGeneral();
        }
        if (error.is("ForbiddenByRbac")) {
            return denied("denied by the vault's role assignments (403)", GRANT);
        }
        if (error.is("ForbiddenByPolicy") || error.is("AccessDenied")) {
            return denied(
                    "denied by the vault's access policy (403)",
                    "allow Get on secrets in the access policy, or " + GRANT);
        }
        Failure denied = denied("denied by the vault (403)", GRANT);
        return error.code().equals("Forbidden") ? denied : denied.inGeneral();
    }

    private static Failure ofNoAnswer(RuntimeException thrown) {
        // A page of HTML with status 200 fails in the SDK's JSON reader, whose exceptions are IOExceptions too; JSON of
        // another form in its ReflectionSerializable, which throws plain ones; headers and dates that are none in its
        // policies and models. What it is given is checked before.
        if (isParsing(thrown)
                || isOfChallenge(thrown)
                || Faults.hasCause(thrown, TooLongException.class)
                || (Faults.hasCause(thrown, IllegalArgumentException.class)
                        && !Faults.hasCause(thrown, UnresolvedAddressException.class))
                || Faults.hasCause(thrown, DateTimeException.class)) {
            return NOT_A_VAULT;
        }
        Failure network = Faults.ofNetwork(thrown, "the vault", "url");
        return network != null ? network : Failure.defect(thrown);
    }

    private static boolean isParsing(Throwable thrown) {
        IOException io = Faults.cause(thrown, IOException.class);
        return io != null
                && (io.getClass().getName().startsWith("com.azure.json.")
                        || io.getStackTrace()[0].getClassName().startsWith("com.azure.core.implementation."));
    }

    /** The SDK's policy takes any challenge for a vault's, and fails at others, such as {@code Bearer realm="api"}. */
    private static boolean isOfChallenge(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith("com.azure.")) {
                return frame.getClassName().endsWith(".KeyVaultCredentialPolicy");
            }
        }
        return false;
    }

    private static @Nullable Duration retryAfter(HttpResponse response) {
        String seconds = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,4}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static Failure denied(String why, String mend) {
        return new Failure(Kind.DENIED, why, mend);
    }

    private VaultFaults() {}
}
