package io.secretagent.bootstrap.backend.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.secretagent.bootstrap.backend.aws.Aws.CANARY;
import static io.secretagent.bootstrap.backend.aws.Aws.LONG;
import static io.secretagent.bootstrap.backend.aws.Aws.bytes;
import static io.secretagent.bootstrap.backend.aws.Aws.current;
import static io.secretagent.bootstrap.backend.aws.Aws.failure;
import static io.secretagent.bootstrap.backend.aws.Aws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.testing.MotoServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The backend against moto. */
final class AwsSecretsManagerIT {
    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    /** In front of moto where calls are counted. */
    @RegisterExtension
    static final WireMockExtension PROXY = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final Aws aws = new Aws();

    private final SecretsManagerClient owner = Aws.owner(MOTO);

    @AfterEach
    void signOut() {
        owner.close();
    }

    @Test
    void readsOneSecretWithItsVersionAndDate() {
        String version =
                owner.createSecret(r -> r.name("app/key").secretString(CANARY)).versionId();

        Map<Location, Outcome> outcomes = fetch(Set.of(current("app/key")));

        assertThat(text(outcomes, current("app/key"))).isEqualTo(CANARY);
        Outcome.Found found = (Outcome.Found) outcomes.get(current("app/key"));
        assertThat(found).isNotNull();
        assertThat(found.version()).isEqualTo(version);
        assertThat(found.changed()).isNotNull();
    }

    @Test
    void readsTextAndBinaryAsTheyAreStored() {
        byte[] binary = {0, (byte) 0xff, (byte) 0x80, 10};
        String json = "{\"host\":\"db\",\"password\":\"" + CANARY + "-\u00fc\u4e2d\"}";
        owner.createSecret(r -> r.name("json").secretString(json));
        owner.createSecret(r -> r.name("binary").secretBinary(SdkBytes.fromByteArray(binary)));

        Map<Location, Outcome> outcomes = fetch(Set.of(current("json"), current("binary")));

        assertThat(text(outcomes, current("json"))).isEqualTo(json);
        assertThat(bytes(outcomes, current("binary"))).isEqualTo(binary);
        assertThat(bytes(fetch(Set.of(current("binary"))), current("binary"))).isEqualTo(binary);
    }

    @Test
    void readsAStageAndAVersion() {
        String first =
                owner.createSecret(r -> r.name("key").secretString(CANARY + 1)).versionId();
        owner.putSecretValue(r -> r.secretId("key").secretString(CANARY + 2));
        Location previous = new Location("key", null, "AWSPREVIOUS");
        Location byId = new Location("key", first, null);

        Map<Location, Outcome> outcomes = fetch(Set.of(previous, byId, current("key")));

        assertThat(text(outcomes, previous)).isEqualTo(CANARY + 1);
        assertThat(text(outcomes, byId)).isEqualTo(CANARY + 1);
        assertThat(text(outcomes, current("key"))).isEqualTo(CANARY + 2);
    }

    @Test
    void saysOfAMissingVersionAndStageThatTheyAreNotFound() {
        owner.createSecret(r -> r.name("key").secretString(CANARY));
        Location stage = new Location("key", null, "NOSUCH");
        Location version = new Location("key", "00000000-0000-0000-0000-000000000000", null);

        Map<Location, Outcome> outcomes = fetch(Set.of(stage, version));

        assertThat(failure(outcomes, stage).kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        assertThat(failure(outcomes, version).kind()).isEqualTo(Failure.Kind.NOT_FOUND);
    }

    @Test
    void knowsASecretByNameAndByItsWholeAndPartialArn() {
        String arn =
                owner.createSecret(r -> r.name("app/key").secretString(CANARY)).arn();
        String partial = arn.substring(0, arn.length() - "-AbCdEf".length());
        Set<Location> wanted = Set.of(current("app/key"), current(arn), current(partial));

        Map<Location, Outcome> outcomes = fetch(wanted);

        for (Location location : wanted) {
            assertThat(text(outcomes, location)).isEqualTo(CANARY);
        }
    }

    @Test
    void tellsMissingFromMarkedForDeletion() {
        owner.createSecret(r -> r.name("good").secretString(CANARY));
        owner.createSecret(r -> r.name("deleted").secretString(CANARY));
        owner.deleteSecret(r -> r.secretId("deleted"));

        Map<Location, Outcome> together = fetch(Set.of(current("good"), current("deleted"), current("missing")));

        assertThat(text(together, current("good"))).isEqualTo(CANARY);
        assertThat(failure(together, current("deleted")).kind()).isEqualTo(Failure.Kind.DISABLED);
        assertThat(failure(together, current("missing")).kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        assertThat(failure(fetch(Set.of(current("deleted"))), current("deleted"))
                        .kind())
                .isEqualTo(Failure.Kind.DISABLED);
        assertThat(failure(fetch(Set.of(current("missing"))), current("missing"))
                        .kind())
                .isEqualTo(Failure.Kind.NOT_FOUND);
    }

    @Test
    void readsAThousandSecretsInAtMostSixtyCalls() {
        Set<Location> wanted = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String name = "many/" + i;
            owner.createSecret(r -> r.name(name).secretString(CANARY + name));
            wanted.add(current(name));
        }
        PROXY.stubFor(
                any(anyUrl()).willReturn(aResponse().proxiedFrom(MOTO.endpoint().toString())));

        Map<Location, Outcome> outcomes =
                Aws.fetch(Aws.settings(Aws.REGION, URI.create(PROXY.baseUrl()), null), LONG, wanted);

        for (Location location : wanted) {
            assertThat(text(outcomes, location)).isEqualTo(CANARY + location.path());
        }
        assertThat(PROXY.findAll(postRequestedFor(anyUrl()))).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void readsFromTheRegionOfTheEnvironment() {
        owner.createSecret(r -> r.name("key").secretString(CANARY));
        System.setProperty("aws.region", Aws.REGION);

        Map<Location, Outcome> outcomes =
                Aws.fetch(Aws.settings(null, MOTO.endpoint(), null), LONG, Set.of(current("key")));

        assertThat(text(outcomes, current("key"))).isEqualTo(CANARY);
    }

    @Test
    void readsAgainWithTheSameBackend() {
        owner.createSecret(r -> r.name("key").secretString(CANARY + 1));
        try (AwsSecretsManagerBackend backend =
                AwsSecretsManagerBackend.open(Aws.settings(Aws.REGION, MOTO.endpoint(), null))) {
            Set<Location> wanted = Set.of(current("key"));
            backend.fetch(wanted, Deadline.after(LONG));
            owner.putSecretValue(r -> r.secretId("key").secretString(CANARY + 2));

            Map<Location, Outcome> outcomes = backend.fetch(wanted, Deadline.after(Duration.ofSeconds(10)));

            assertThat(text(outcomes, current("key"))).isEqualTo(CANARY + 2);
        }
    }

    private static Map<Location, Outcome> fetch(Set<Location> wanted) {
        return Aws.fetch(MOTO.endpoint(), LONG, wanted);
    }
}
