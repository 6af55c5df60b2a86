package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An error that a server answered with. It is told by the code in its body: throttling and a missing secret share HTTP
 * 400, and the status of one code differs from server to server.
 *
 * @param code as the server wrote it, or null if the body has none
 * @param status of HTTP, or 0 within a batch
 * @param message looked into where one code has several meanings, never shown
 */
record Refusal(@Nullable String code, int status, @Nullable String message) {
    private static final String SUFFIX = "Exception";
    private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,64}");
    private static final int NOT_IMPLEMENTED = 501;

    static Refusal of(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null
                ? new Refusal(null, e.statusCode(), null)
                : new Refusal(details.errorCode(), e.statusCode(), details.errorMessage());
    }

    /** Whether the operation itself is forbidden or not known here. */
    boolean concernsOperation() {
        return switch (name()) {
            case "AccessDenied" -> !speaksOf("kms");
            case "UnknownOperation", "InvalidAction", "UnsupportedOperation", "NotImplemented" -> true;
            default -> status == NOT_IMPLEMENTED;
        };
    }

    /** Whether it is who asks that is refused, so that it is the same for every secret. */
    boolean concernsIdentity() {
        return identity() != null;
    }

    /**
     * The refusal in our words.
     *
     * @param secret what was asked for, as the mapping names it
     * @param place of the server: a region or a host
     */
    Failure failure(String secret, String place) {
        Failure identity = identity();
        if (identity != null) {
            return identity.inGeneral();
        }
        return switch (name()) {
            case "ResourceNotFound" ->
                told(
                        Kind.NOT_FOUND,
                        "not found in " + place,
                        "check name, version and stage, and that the backend's region is the secret's");
            case "InvalidRequest" ->
                speaksOf("versionstage")
                        ? told(Kind.INVALID, "the version does not have the stage", "give a version or a stage")
                        : told(
                                Kind.DISABLED,
                                "marked for deletion, or in a state that forbids reading",
                                "restore the secret, or take it out of the mapping");
            case "InvalidParameter", "InvalidParameterValue", "Validation", "ValidationError", "Serialization" ->
                told(Kind.INVALID, "not accepted by " + place, "check name, version and stage");
            case "AccessDenied" -> speaksOf("kms") ? kms() : denied(secret);
            case "DecryptionFailure", "KMSAccessDenied" -> kms();
            case "Throttling", "Throttled", "RequestThrottled", "TooManyRequests", "LimitExceeded" -> throttled();
            case "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown" -> throttled();
            case "InternalService", "InternalServiceError", "InternalFailure", "InternalServerError" -> unavailable();
            case "InternalError", "ServiceUnavailable", "RequestTimeout", "IDPCommunicationError" -> unavailable();
            default -> byStatus(place);
        };
    }

    private @Nullable Failure identity() {
        return switch (name()) {
            case "ExpiredToken", "TokenRefreshRequired" ->
                told(
                        Kind.DENIED,
                        "the AWS session token has expired",
                        "log in again, or give the process fresh credentials");
            case "UnrecognizedClient", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken", "AuthFailure" ->
                told(
                        Kind.DENIED,
                        "the AWS credentials are not known to AWS",
                        "check the access key id and session token, and that they are for the region's partition");
            case "InvalidSignature", "SignatureDoesNotMatch", "IncompleteSignature", "MissingAuthenticationToken" ->
                told(
                        Kind.DENIED,
                        "the AWS signature was not accepted",
                        "check the secret access key and this machine's clock");
            case "RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture" ->
                told(Kind.DENIED, "the clocks of this machine and of AWS differ too much", "set this machine's clock");
            case "NotAuthorized", "OptInRequired", "SubscriptionRequired" ->
                told(
                        Kind.DENIED,
                        "the AWS account is not enabled for this",
                        "enable the region and the service for the account");
            case "InvalidIdentityToken", "IDPRejectedClaim" ->
                told(
                        Kind.DENIED,
                        "the web identity token was not accepted",
                        "check the role's trust policy and the cluster's OIDC provider");
            default -> null;
        };
    }

    private Failure denied(String secret) {
        return told(
                Kind.DENIED,
                "denied by policy",
                "grant secretsmanager:GetSecretValue on " + secret
                        + " to this identity, and look at the secret's and the VPC endpoint's policies");
    }

    private Failure kms() {
        return told(
                Kind.DENIED,
                "the secret's KMS key may not be used",
                "grant kms:Decrypt on the key to this identity, and check that the key is enabled");
    }

    private Failure throttled() {
        return told(Kind.THROTTLED, "AWS asks for fewer calls", "start fewer processes at once, or raise timeout");
    }

    private Failure unavailable() {
        return told(Kind.UNAVAILABLE, "AWS failed", "try again later, or raise timeout");
    }

    private Failure byStatus(String place) {
        if (status == 429) {
            return told(Kind.THROTTLED, place + " asks for fewer calls", "start fewer processes at once");
        }
        if (status >= 500) {
            return told(Kind.UNAVAILABLE, place + " failed", "try again later, or raise timeout");
        }
        if (status == 401 || status == 403 || (status >= 400 && code != null)) {
            return told(Kind.DENIED, "refused by " + place, "check the identity's policies, and the proxy in between")
                    .inGeneral();
        }
        return told(
                Kind.UNREACHABLE,
                "the answer from " + place + " is not one of AWS Secrets Manager",
                "check the backend's endpoint, and the proxy in between");
    }

    /** With the code, or else the status. A code that is not known is shown only if it looks like one. */
    private Failure told(Kind kind, String why, String mend) {
        String source = code != null && CODE.matcher(code).matches() ? code : "HTTP " + status;
        return new Failure(kind, why + " (" + source + ")", mend);
    }

    /** The code without its ending, which some servers leave out. */
    private String name() {
        if (code == null) {
            return "";
        }
        return code.endsWith(SUFFIX) ? code.substring(0, code.length() - SUFFIX.length()) : code;
    }

    private boolean speaksOf(String word) {
        return message != null && message.toLowerCase(Locale.ROOT).contains(word);
    }
}
