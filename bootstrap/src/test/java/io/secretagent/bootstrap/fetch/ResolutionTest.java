package io.secretagent.bootstrap.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolutionTest {
    private static final String DATABASE = """
            {"username":"paracle","password":"canary-p@ss/word","host":"db.local","port":5432,"ratio":1.10,
             "nested":{"a/b":["zero","canary-one"]},"empty":"","user.name":"n","nothing":null,"tls":true,
             "API_KEY":"canary-new","API_KEY_OLD":"canary-old"}""";

    @TempDir
    private Path folder;

    @Test
    void aKeyIsItsText() throws Exception {
        assertThat(values("db#password: p", "db#port: q", "db#ratio: r", "db#tls: s"))
                .containsExactly("canary-p@ss/word", "5432", "1.10", "true");
    }

    @Test
    void aNumberWhoseKeySaysThatItIsAPortIsNotMasked() throws Exception {
        assertThat(resolve("db#port: [p, {property: s, mask: true}]", "db#/port: q", "db#username: r")
                        .secrets())
                .extracting(Secret::masked)
                .containsExactly(false, true, false, true);
    }

    @Test
    void aPointerReachesIntoTheDocument() throws Exception {
        assertThat(values("db#/nested/a~1b/1: p", "db#/nested: q"))
                .containsExactly("canary-one", "{\"a/b\":[\"zero\",\"canary-one\"]}");
    }

    @Test
    void theWholeIsTheDocumentAsItIsStored() throws Exception {
        assertThat(values("db: p")).containsExactly(DATABASE);
    }

    @Test
    void aTemplateIsFilledFromFields() throws Exception {
        Resolution resolved = resolve("db: {property: url, template: \"jdbc:x://{host}:{port}/?p={password|url}\"}");
        assertThat(resolved.secrets())
                .extracting(Secret::value)
                .containsExactly("jdbc:x://db.local:5432/?p=canary-p%40ss%2Fword");
        assertThat(resolved.secrets()).extracting(Secret::masked).containsExactly(false);
        assertThat(resolved.masked())
                .extracting(ChannelRecord.Masked::value)
                .contains("canary-p@ss/word", "canary-one", "canary-new", "canary-old")
                .doesNotContain("db.local", "paracle", "5432");
    }

    @Test
    void aUrlTemplateRefusesAFieldThatWouldChangeTheUrl() throws Exception {
        assertThat(lines("db: {property: url, template: \"jdbc:x://{host}/?p={password}\"}"))
                .singleElement()
                .asString()
                .endsWith("secret db (backend store): its field password has characters that mean something else in a"
                        + " URL; write {password|url} to encode them, or {password|raw} to keep them")
                .doesNotContain("canary");
    }

    @Test
    void aStarIsEveryKeyThatIsNotNullOrOldOrNamedByItself() throws Exception {
        Resolution resolved = resolve("db#*: {property: db.*, allow-empty: true}", "db#host: db.host");
        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.secrets())
                .extracting(s -> s.targets().get(0).name() + (s.masked() ? " masked" : ""))
                .containsExactly(
                        "db.username",
                        "db.password masked",
                        "db.port",
                        "db.ratio masked",
                        "db.nested masked",
                        "db.empty masked",
                        "db.user.name masked",
                        "db.tls masked",
                        "db.API_KEY masked",
                        "db.host masked");
    }

    @Test
    void twoStarsOnOneTargetAreAnError() throws Exception {
        Resolution resolved = resolve("db#*: {property: db.*, allow-empty: true}", "other#*: db.user.*");
        assertThat(resolved.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.exitCode()).isEqualTo(78);
            assertThat(problem.line()).contains("property db.user.name is also the target of a key of db#*");
        });
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(codesAndReasons("db#nope: p", "db#nothing: q", "db#empty: r", "db#/nested/x: s", "text#k: t"))
                .containsExactly(
                        "66 there is no key nope in it",
                        "66 its key nothing is null",
                        "66 its value is empty",
                        "66 the pointer /nested/x leads to nothing in it",
                        "78 its value is not JSON with fields, so it has no keys");
    }

    @Test
    void bytesThatAreNotTextNeedAnEncoding() throws Exception {
        assertThat(codesAndReasons("binary: p")).containsExactly("78 its value is not UTF-8 text");
        assertThat(values("binary: {property: p, encoding: base64}")).containsExactly("/wD+");
    }

    @Test
    void aDefaultStandsInForWhatIsNotFoundOnly() throws Exception {
        Resolution resolved = resolve("db#nope: {property: p, default: fallback}", "denied: {property: q, default: f}");
        assertThat(resolved.secrets()).singleElement().satisfies(secret -> {
            assertThat(secret.value()).isEqualTo("fallback");
            assertThat(secret.masked()).isFalse();
        });
        assertThat(resolved.problems())
                .extracting(ChannelRecord.Problem::exitCode)
                .containsExactly(77);
    }

    @Test
    void whatIsNotRequiredIsToldAndTolerated() throws Exception {
        Resolution resolved = resolve("denied: {property: p, required: false}");
        assertThat(resolved.secrets()).isEmpty();
        assertThat(resolved.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.exitCode()).isZero();
            assertThat(problem.line()).contains("denied").endsWith("(not required: going on without it)");
        });
    }

    @Test
    void aSecretWithSeveralTargetsFailsInOneLine() throws Exception {
        assertThat(lines("db#nope: [p, q]")).hasSize(1);
    }

    @Test
    void whatIsSaidNotToBeMaskedIsNot() throws Exception {
        Resolution resolved = resolve("db#host: {property: p, mask: false}", "db: {property: q, mask: false}");
        assertThat(resolved.secrets()).extracting(Secret::masked).containsExactly(false, false);
        assertThat(resolved.masked()).isEmpty();
    }

    @Test
    void anEntryWhoseTargetsAreAllGivenIsNotFetched() throws Exception {
        Mapping mapping = mapping("db#a: p", "db#b: {property: q, override: true}", "db#c: {property: r, env: R}");
        assertThat(Targets.wanted(mapping, java.util.Set.of("p", "q", "r"), Map.of()))
                .extracting(e -> e.name().text())
                .containsExactly("db#b", "db#c");
        assertThat(Targets.of(mapping))
                .extracting(Target::toString)
                .containsExactly("property p", "property q", "property r", "env R");
    }

    private List<String> values(String... entries) throws Exception {
        Resolution resolved = resolve(entries);
        assertThat(resolved.problems()).isEmpty();
        return resolved.secrets().stream().map(Secret::value).toList();
    }

    private List<String> lines(String... entries) throws Exception {
        return resolve(entries).problems().stream()
                .map(ChannelRecord.Problem::line)
                .toList();
    }

    private List<String> codesAndReasons(String... entries) throws Exception {
        return resolve(entries).problems().stream()
                .map(p -> p.exitCode() + " " + p.line().replaceAll("^.*\\(backend store\\): |;.*$", ""))
                .toList();
    }

    private Resolution resolve(String... entries) throws Exception {
        Mapping mapping = mapping(entries);
        Map<Entry, Outcome> outcomes = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            outcomes.put(entry, stored(entry.name().path()));
        }
        return Resolution.of(mapping, outcomes);
    }

    private static Outcome stored(String path) {
        return switch (path) {
            case "db" -> found(DATABASE.getBytes(UTF_8));
            case "other" -> found("{\"name\":\"x\"}".getBytes(UTF_8));
            case "text" -> found("just text".getBytes(UTF_8));
            case "binary" -> found(new byte[] {-1, 0, -2});
            default -> new Outcome.Failed(new Failure(Failure.Kind.DENIED, "denied", "ask"));
        };
    }

    private static Outcome found(byte[] value) {
        return new Outcome.Found(new Content.Bytes(value, Content.Format.JSON), "7", null);
    }

    private Mapping mapping(String... entries) throws IOException, InvalidMappingException {
        Path file = folder.resolve("secrets.yaml");
        Files.writeString(
                file,
                "backends:\n  store: {type: aws-secrets-manager, region: us-east-1}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
        return new MappingParser(Map.of()).parse(file);
    }
}
