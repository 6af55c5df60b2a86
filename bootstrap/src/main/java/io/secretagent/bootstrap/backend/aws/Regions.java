package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Where the backend's region comes from: the mapping, else the SDK's default chain. */
final class Regions {
    private static final Pattern LEGAL = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");

    /**
     * The chain ends at EC2's metadata. There it answers in milliseconds; elsewhere, or behind a hop limit of one, each
     * of its attempts waits for its time-out, and the deadline is needed for other things.
     */
    private static final Duration LIMIT = Duration.ofSeconds(4);

    /** @throws BackendException INVALID if there is none, or it is no region's name */
    static Region find(BackendSettings.AwsSecretsManager settings, Calls calls, Deadline deadline)
            throws BackendException, InterruptedException {
        String set = settings.region();
        if (set == null) {
            Duration limit = deadline.remaining().compareTo(LIMIT) < 0 ? deadline.remaining() : LIMIT;
            return calls.call(() -> fromChain(settings.profile()), limit, none());
        }
        if (!LEGAL.matcher(set).matches()) {
            throw new BackendException(
                    new Failure(
                            Failure.Kind.INVALID,
                            "the backend's region is not the name of an AWS region",
                            "write it as in region: us-east-1"),
                    null);
        }
        return Region.of(set);
    }

    private static Region fromChain(@Nullable String profile) throws BackendException {
        try {
            Region region = DefaultAwsRegionProviderChain.builder()
                    .profileName(profile)
                    .build()
                    .getRegion();
            if (region != null) {
                return region;
            }
        } catch (SdkClientException e) {
            throw new BackendException(none(), e);
        }
        throw new BackendException(none(), null);
    }

    private static Failure none() {
        return new Failure(
                Failure.Kind.INVALID,
                "no AWS region was found",
                "set region in the backend's settings, or AWS_REGION in the environment");
    }

    private Regions() {}
}
