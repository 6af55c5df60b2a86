package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Who asks: a profile if the mapping names one, which then wins over the environment as it does in the AWS CLI, else the
 * default chain (system properties, environment, web identity, default profile, container, EC2 metadata).
 */
record Credentials(
        AwsCredentialsProvider provider, @Nullable String profile) {
    private static final String STS = "AWS STS";

    static Credentials of(@Nullable String profile) {
        return new Credentials(
                profile == null
                        ? DefaultCredentialsProvider.builder().build()
                        : ProfileCredentialsProvider.builder()
                                .profileName(profile)
                                .build(),
                profile);
    }

    /** @throws BackendException DENIED if there are none, TIMED_OUT if they do not come in time */
    void check(Calls calls, Deadline deadline) throws BackendException, InterruptedException {
        calls.call(() -> resolve(deadline), deadline.remaining(), late());
    }

    void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    private AwsCredentials resolve(Deadline deadline) throws BackendException {
        try {
            return provider.resolveCredentials();
        } catch (AwsServiceException e) {
            throw new BackendException(refused(Refusal.of(e)).inGeneral(), e);
        } catch (RuntimeException e) {
            // Not SdkException alone: a token file or profile that cannot be read comes as whatever the reader threw.
            if (profile == null && usesWebIdentity()) {
                checkWebIdentity(deadline);
            }
            throw new BackendException(none().inGeneral(), e);
        }
    }

    /**
     * Asks for the web identity's credentials once more: the chain keeps of its parts' exceptions the messages only, and
     * a trust policy that refuses the pod is the most frequent fault there is on EKS.
     */
    private static void checkWebIdentity(Deadline deadline) throws BackendException {
        try {
            WebIdentityTokenFileCredentialsProvider.create().resolveCredentials();
        } catch (AwsServiceException e) {
            throw new BackendException(refused(Refusal.of(e)).inGeneral(), e);
        } catch (RuntimeException e) {
            Failure failure = deadline.hasPassed()
                    ? late()
                    : new Failure(
                            Kind.DENIED,
                            "the AWS credentials of the pod's web identity could not be had",
                            "check that the file of AWS_WEB_IDENTITY_TOKEN_FILE can be read, AWS_ROLE_ARN, and the way"
                                    + " to AWS STS");
            throw new BackendException(failure.inGeneral(), e);
        }
    }

    private static boolean usesWebIdentity() {
        return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent();
    }

    private static Failure refused(Refusal refusal) {
        Failure failure = refusal.failure(STS, STS);
        return refusal.concernsOperation()
                ? new Failure(
                        Kind.DENIED,
                        "the AWS role may not be assumed (AccessDenied)",
                        "check the role's trust policy: subject, audience and OIDC provider")
                : failure;
    }

    private Failure none() {
        return profile == null
                ? new Failure(
                        Kind.DENIED,
                        "no AWS credentials were found",
                        "give the process a role (IRSA, Pod Identity, instance profile) or AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY")
                : new Failure(
                        Kind.DENIED,
                        "no AWS credentials were found in the profile " + profile,
                        "run aws sso login --profile " + profile + ", or check the profile in ~/.aws");
    }

    private static Failure late() {
        return new Failure(
                Kind.TIMED_OUT,
                "the time for the fetch ran out before AWS credentials were had",
                "check the way to AWS STS and the metadata endpoint, or raise timeout in the mapping");
    }
}
