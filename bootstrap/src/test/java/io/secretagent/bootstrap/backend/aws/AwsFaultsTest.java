package io.secretagent.bootstrap.backend.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.secretagent.bootstrap.backend.aws.Aws.CANARY;
import static io.secretagent.bootstrap.backend.aws.Aws.LONG;
import static io.secretagent.bootstrap.backend.aws.Aws.SHORT;
import static io.secretagent.bootstrap.backend.aws.Aws.current;
import static io.secretagent.bootstrap.backend.aws.Aws.failure;
import static io.secretagent.bootstrap.backend.aws.Aws.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults that moto cannot be made to have. WireMock stands in for the service and answers as AWS documents its errors; it
 * checks neither the signature nor the form of a request.
 */
final class AwsFaultsTest {
    private static final String SINGLE = "secretsmanager.GetSecretValue";
    private static final String BATCH = "secretsmanager.BatchGetSecretValue";
    private static final Location ONE = current("one");
    private static final Location TWO = current("two");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final Aws aws = new Aws();

    @ParameterizedTest
    @CsvSource({
        "ResourceNotFoundException, 400, NOT_FOUND, not found",
        "InvalidRequestException, 400, DISABLED, marked for deletion",
        "InvalidParameterException, 400, INVALID, not accepted",
        "DecryptionFailure, 400, DENIED, KMS",
        "AccessDeniedException, 400, DENIED, denied by policy",
        "ExpiredTokenException, 400, DENIED, expired",
        "UnrecognizedClientException, 400, DENIED, not known",
        "InvalidSignatureException, 403, DENIED, signature",
        "RequestExpired, 400, DENIED, clocks",
        "SomethingNewException, 400, DENIED, refused",
    })
    void tellsRefusalsByTheirCodeAndAsksOnce(String code, int status, Kind kind, String why) {
        SERVER.stubFor(post(anyUrl()).willReturn(error(status, code, "by " + CANARY)));

        Failure failure = failure(fetch(LONG, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.why()).contains(why).contains(code);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void namesTheActionAndTheSecretThatAPolicyDenies() {
        SERVER.stubFor(post(anyUrl()).willReturn(error(400, "AccessDeniedException", CANARY)));

        assertThat(failure(fetch(LONG, ONE), ONE).mend()).contains("secretsmanager:GetSecretValue on one");
    }

    @Test
    void tellsADeniedKeyFromADeniedSecret() {
        SERVER.stubFor(post(anyUrl())
                .willReturn(error(400, "AccessDeniedException", "Access to KMS is not allowed " + CANARY)));

        Failure failure = failure(fetch(LONG, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.mend()).contains("kms:Decrypt");
    }

    @Test
    void asksAgainWhenThrottledThoughThatIsHttp400() {
        SERVER.stubFor(post(anyUrl())
                .inScenario("throttled")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(error(400, "ThrottlingException", CANARY))
                .willSetStateTo("calm"));
        SERVER.stubFor(post(anyUrl())
                .inScenario("throttled")
                .whenScenarioStateIs("calm")
                .willReturn(json(200, secret("one"))));

        assertThat(text(fetch(LONG, ONE), ONE)).isEqualTo(CANARY + "one");
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, THROTTLED",
        "InternalServiceError, 500, UNAVAILABLE",
        "InternalServiceErrorException, 500, UNAVAILABLE",
    })
    void saysWhatWentOnUntilTheDeadline(String code, int status, Kind kind) {
        SERVER.stubFor(post(anyUrl()).willReturn(error(status, code, CANARY)));

        assertThat(failure(fetch(SHORT, ONE), ONE).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"AccessDeniedException, 400", "UnknownOperationException, 404", "NotImplemented, 501"})
    void readsOneByOneWhereBatchIsForbiddenOrNotKnown(String code, int status) {
        stub(BATCH, error(status, code, CANARY));
        stubSecrets();

        Map<Location, Outcome> outcomes = fetch(LONG, ONE, TWO);

        assertThat(text(outcomes, ONE)).isEqualTo(CANARY + "one");
        assertThat(text(outcomes, TWO)).isEqualTo(CANARY + "two");
        SERVER.verify(1, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", equalTo(BATCH)));
    }

    @Test
    void asksNoSecretOneByOneForAnExpiredToken() {
        SERVER.stubFor(post(anyUrl()).willReturn(error(400, "ExpiredTokenException", CANARY)));

        Map<Location, Outcome> outcomes = fetch(LONG, ONE, TWO);

        assertThat(failure(outcomes, ONE).why()).contains("expired");
        assertThat(failure(outcomes, TWO).why()).contains("expired");
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void readsWhatABatchFailedToReadForAWhileOnceMore() {
        stub(
                BATCH,
                json(
                        200,
                        "{\"SecretValues\":[" + secret("one") + "],\"Errors\":["
                                + "{\"SecretId\":\"two\",\"ErrorCode\":\"InternalServiceError\",\"Message\":\"" + CANARY
                                + "\"},"
                                + "{\"SecretId\":\"three\",\"ErrorCode\":\"DecryptionFailure\",\"Message\":\"" + CANARY
                                + "\"},"
                                + "{\"SecretId\":\"four\",\"ErrorCode\":\"AccessDeniedException\",\"Message\":\""
                                + CANARY + "\"}]}"));
        stubSecrets();
        Location three = current("three");
        Location four = current("four");

        Map<Location, Outcome> outcomes = fetch(LONG, ONE, TWO, three, four);

        assertThat(text(outcomes, ONE)).isEqualTo(CANARY + "one");
        assertThat(text(outcomes, TWO)).isEqualTo(CANARY + "two");
        assertThat(failure(outcomes, three).mend()).contains("kms:Decrypt");
        assertThat(failure(outcomes, four).mend()).contains("secretsmanager:GetSecretValue on four");
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void followsTheTokenOfABatchInPages() {
        SERVER.stubFor(post(anyUrl())
                .willReturn(json(200, "{\"SecretValues\":[" + secret("one") + "],\"NextToken\":\"next\"}")));
        SERVER.stubFor(post(anyUrl())
                .withRequestBody(containing("\"NextToken\":\"next\""))
                .willReturn(json(200, "{\"SecretValues\":[" + secret("two") + "]}")));

        Map<Location, Outcome> outcomes = fetch(LONG, ONE, TWO);

        assertThat(text(outcomes, ONE)).isEqualTo(CANARY + "one");
        assertThat(text(outcomes, TWO)).isEqualTo(CANARY + "two");
    }

    @Test
    void tellsCredentialsThatNoRequestCanHave() {
        System.setProperty("aws.sessionToken", CANARY + "\nanother line");

        Failure failure = failure(fetch(SHORT, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.why()).contains("no header can have");
    }

    @Test
    void tellsFilesThatTheSdkDoesNotTake(@TempDir Path folder) throws Exception {
        System.setProperty(
                "aws.configFile",
                Files.writeString(folder.resolve("config"), CANARY + "\n").toString());

        Failure failure = failure(fetch(SHORT, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.mend()).contains("~/.aws/config");
    }

    @Test
    void followsATokenThatComesAgainNoFurther() {
        stub(BATCH, json(200, "{\"SecretValues\":[" + secret("one") + "],\"NextToken\":\"next\"}"));
        stubSecrets();

        Map<Location, Outcome> outcomes = fetch(LONG, ONE, TWO);

        assertThat(text(outcomes, TWO)).isEqualTo(CANARY + "two");
        SERVER.verify(3, postRequestedFor(anyUrl()));
    }

    @Test
    void doesNotTakeAListOfNothingForSecrets() {
        SERVER.stubFor(post(anyUrl()).willReturn(json(200, "{\"SecretValues\":[null],\"Errors\":[null]}")));

        assertThat(failure(fetch(SHORT, ONE, TWO), ONE).why()).contains("not one of AWS Secrets Manager");
    }

    @Test
    void doesNotTakeAWebPageForASecret() {
        SERVER.stubFor(post(anyUrl())
                .willReturn(
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>" + CANARY + "</html>")));

        Failure failure = failure(fetch(SHORT, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.why()).contains("not one of AWS Secrets Manager");
    }

    @Test
    void doesNotFollowARedirectToALoginPage() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/" + CANARY)));

        assertThat(failure(fetch(SHORT, ONE), ONE).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void doesNotTakeAnAnswerWithoutAValueForASecret() {
        SERVER.stubFor(post(anyUrl()).willReturn(json(200, "{}")));

        assertThat(failure(fetch(SHORT, ONE), ONE).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void tellsAProxyThatWantsALogin() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401).withBody(CANARY)));

        assertThat(failure(fetch(LONG, ONE), ONE).kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void tellsAConnectionThatBreaks() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThat(failure(fetch(LONG, ONE), ONE).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void isNotHeldUpByAnAnswerThatDrips() {
        SERVER.stubFor(post(anyUrl()).willReturn(json(200, secret("one")).withChunkedDribbleDelay(20, 60_000)));
        long start = System.nanoTime();

        Failure failure = failure(fetch(SHORT, ONE), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(2));
    }

    @Test
    void tellsADeadServer() throws IOException {
        URI dead = URI.create("http://127.0.0.1:" + ServerProcess.freePort());

        Failure failure = failure(Aws.fetch(dead, SHORT, Set.of(ONE)), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.why()).isEqualTo("127.0.0.1:" + dead.getPort() + " refused the connection");
    }

    @Test
    void tellsAnUnknownHost() {
        Failure failure = failure(Aws.fetch(URI.create("http://aws.invalid"), SHORT, Set.of(ONE)), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.why()).contains("the host of aws.invalid is not known");
    }

    @Test
    void doesNotTrustAnyServerAndSaysSoAtOnce() {
        URI https = URI.create("https://localhost:" + SERVER.getHttpsPort());

        Failure failure = failure(Aws.fetch(https, LONG, Set.of(ONE)), ONE);

        assertThat(failure.kind()).isEqualTo(Kind.UNTRUSTED);
    }

    @Test
    void asksNothingForAnIllegalName() {
        Location illegal = current("no such name");

        assertThat(failure(fetch(LONG, illegal), illegal).kind()).isEqualTo(Kind.INVALID);
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    private static Map<Location, Outcome> fetch(Duration timeout, Location... wanted) {
        return Aws.fetch(URI.create("http://127.0.0.1:" + SERVER.getPort()), timeout, Set.of(wanted));
    }

    private static void stubSecrets() {
        for (String name : new String[] {"one", "two"}) {
            SERVER.stubFor(post(anyUrl())
                    .withHeader("X-Amz-Target", equalTo(SINGLE))
                    .withRequestBody(containing("\"" + name + "\""))
                    .willReturn(json(200, secret(name))));
        }
    }

    private static void stub(String operation, ResponseDefinitionBuilder answer) {
        SERVER.stubFor(
                post(anyUrl()).withHeader("X-Amz-Target", equalTo(operation)).willReturn(answer));
    }

    private static String secret(String name) {
        return "{\"ARN\":\"arn:aws:secretsmanager:us-east-1:123456789012:secret:" + name + "-AbCdEf\",\"Name\":\""
                + name + "\",\"VersionId\":\"v1\",\"SecretString\":\"" + CANARY + name
                + "\",\"CreatedDate\":1700000000.5}";
    }

    private static ResponseDefinitionBuilder error(int status, String code, String message) {
        return json(status, "{\"__type\":\"" + code + "\",\"Message\":\"" + message + "\"}");
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body);
    }
}
