package io.secretagent.bootstrap.backend.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.backend.Listing;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers to ListSecrets that moto cannot be made to give. WireMock stands in for the service, as AWS documents it. */
final class AwsListTest {
    private static final String TARGET = "secretsmanager.ListSecrets";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final Aws aws = new Aws();

    @Test
    void namesThePermissionThatNoPolicyCanNarrow() {
        SERVER.stubFor(post(anyUrl())
                .willReturn(json(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"" + Aws.CANARY + "\"}")));
        Failure failure = ((Listing.Failed) list("shop/")).failure();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DENIED);
        assertThat(failure.mend()).isEqualTo("allow secretsmanager:ListSecrets on Resource \"*\" to this identity");
        assertThat(failure.toString()).doesNotContain(Aws.CANARY);
        SERVER.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("X-Amz-Target", equalTo(TARGET))
                        .withRequestBody(matchingJsonPath("$.Filters[0].Key", equalTo("name")))
                        .withRequestBody(matchingJsonPath("$.Filters[0].Values[0]", equalTo("shop/"))));
    }

    @Test
    void throttledPagesAreAskedForAgain() {
        SERVER.stubFor(post(anyUrl())
                .inScenario("pages")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(json(400, "{\"__type\":\"ThrottlingException\"}"))
                .willSetStateTo("better"));
        SERVER.stubFor(post(anyUrl())
                .inScenario("pages")
                .whenScenarioStateIs("better")
                .willReturn(json(200, "{\"SecretList\": [" + secret("a", "AWSCURRENT") + "], \"NextToken\": \"t\"}"))
                .willSetStateTo("last"));
        SERVER.stubFor(post(anyUrl())
                .inScenario("pages")
                .whenScenarioStateIs("last")
                .withRequestBody(matchingJsonPath("$.NextToken", equalTo("t")))
                .willReturn(json(
                        200,
                        "{\"SecretList\": [" + secret("b", "AWSPENDING")
                                + ", {\"Name\": \"c\", \"DeletedDate\": 1}, {\"Name\": \"d\"}]}")));
        Listing.Found found = (Listing.Found) list("");
        assertThat(found.names()).containsOnlyKeys("a", "d");
        assertThat(found.names().get("a"))
                .satisfies(known -> assertThat(known.changed()).isEqualTo(Instant.ofEpochSecond(1_700_000_000)));
        assertThat(found.leftOut()).containsOnlyKeys("b", "c");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void aListWithoutEndEnds() {
        String page = IntStream.range(0, ListedNames.MOST)
                .mapToObj(i -> secret("key-" + i, "AWSCURRENT"))
                .collect(Collectors.joining(","));
        SERVER.stubFor(
                post(anyUrl()).willReturn(json(200, "{\"SecretList\": [" + page + "], \"NextToken\": \"again\"}")));
        Listing.Found found = (Listing.Found) list("");
        assertThat(found.names()).hasSize(ListedNames.MOST);
        assertThat(found.complete()).isFalse();
    }

    private static Listing list(String prefix) {
        URI endpoint = URI.create(SERVER.baseUrl());
        try (AwsSecretsManagerBackend backend =
                AwsSecretsManagerBackend.open(Aws.settings(Aws.REGION, endpoint, null))) {
            return backend.list(prefix, Deadline.after(Aws.LONG));
        }
    }

    private static String secret(String name, String stage) {
        return "{\"Name\": \"" + name + "\", \"LastChangedDate\": 1700000000, \"SecretVersionsToStages\": {\"v-" + name
                + "\": [\"" + stage + "\"]}}";
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body);
    }
}
