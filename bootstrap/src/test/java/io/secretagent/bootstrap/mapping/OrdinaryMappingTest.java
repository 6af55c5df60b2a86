package io.secretagent.bootstrap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What people write into mappings every day is not told of as a secret, or they switch the guards off. */
class OrdinaryMappingTest {
    private static final String[] WORDS = {
        "paracle",
        "prod",
        "Staging",
        "eu",
        "api",
        "Keys",
        "database",
        "OPENAI",
        "API",
        "KEY",
        "Team2A",
        "shop",
        "v2",
        "service",
        "Password",
        "spring",
        "datasource",
        "Stripe",
        "Webhook",
        "oauth2",
        "client",
        "S3",
        "bucket",
        "db01",
        "primary",
        "us-east-1",
        "reports",
        "JWT",
        "signing",
        "TLS",
        "x509",
        "Sha256",
        "Backup2024",
        "kv",
        "secret"
    };

    @Property
    void names(@ForAll("names") String name) {
        assertUnsuspected(name);
    }

    @Property
    void identifiersOfClouds(@ForAll("identifiers") String identifier) {
        assertUnsuspected(identifier);
    }

    /** The guide's, the README's and the example's. */
    @Example
    void mappingsThatWeShow() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```yaml") + "```yaml".length();
        List<String> mappings = List.of(
                MappingFiles.resource("design.yaml"),
                readme.substring(start, readme.indexOf("```", start)),
                Files.readString(Path.of("../examples/quickstart/secrets.yaml"))
                        .replace("${QUICKSTART_SECRETS}", "store"));
        Path folder = Files.createTempDirectory("ordinary");
        Path file = folder.resolve("secrets.yaml");
        try {
            for (String yaml : mappings) {
                assertThat(MappingFiles.parse(folder, yaml).warnings()).allMatch(problem -> problem.code() == null);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void assertUnsuspected(String text) {
        assertThat(PastedSecrets.shape(text)).as(text).isNull();
        assertThat(Randomness.looksRandom(text)).as(text).isFalse();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("/", "-", "_", ".")
                .flatMap(separator -> Arbitraries.of(WORDS)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(7)
                        .map(words -> String.join(separator, words)));
    }

    @Provide
    Arbitrary<String> identifiers() {
        Arbitrary<String> uuids = Arbitraries.create(java.util.UUID::randomUUID).map(Object::toString);
        Arbitrary<String> digests = Arbitraries.strings()
                .withCharRange('0', '9')
                .withChars("abcdef")
                .ofLength(64);
        Arbitrary<String> suffixes = Arbitraries.strings().alpha().ofLength(6);
        List<Arbitrary<String>> all = List.of(
                uuids,
                uuids.map(id -> "/subscriptions/" + id + "/resourceGroups/prod/providers/Microsoft.KeyVault/vaults/kv"),
                uuids.map(id -> "https://login.microsoftonline.com/" + id + "/v2.0"),
                digests.map(digest -> "registry.example.com/shop/api@sha256:" + digest),
                suffixes.map(end -> "arn:aws:secretsmanager:us-east-1:123456789012:secret:paracle/prod/db-" + end),
                names().map(name -> "https://" + name.replace('/', '-').replace('_', '-') + ".vault.azure.net"),
                names().map(name -> "arn:aws:iam::123456789012:role/" + name),
                names().map(name -> "jdbc:postgresql://{host}:{port}/" + name));
        return Arbitraries.of(all).flatMap(one -> one);
    }
}
