package io.secretagent.bootstrap.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values are told of as weak. */
class WeakValuesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "ChangeMe",
                "x7Kq9Zp",
                "Password2026!!!",
                "supersecretpassword",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "1234567890123456",
                "abcdefghijklmnop",
                "postgres://shop:secret@db.internal:5432/shop",
            })
    void weak(String value) throws Exception {
        List<Problem> problems = guard("KEY: app.key", value);
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("SA105");
        assertThat(problems.get(0).line()).contains("secret KEY (backend b)").doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x7Kq9ZpL2mN4vB8t",
                "correct-mule-capacitor-pin",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----",
                "{\"user\":\"shop\",\"port\":1}",
                "https://o1.ingest.sentry.io/2",
                "https://0f1e2d3c@o1.ingest.sentry.io/2",
                "postgres://shop:x7Kq9ZpL2mN4@db.internal:5432/shop",
            })
    void strong(String value) throws Exception {
        assertThat(guard("KEY: app.key", value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_USER: db.user", "KEY: spring.datasource.username", "db-host: h"})
    void shortButNoSecretByItsName(String entry) throws Exception {
        assertThat(guard(entry, "shop")).isEmpty();
    }

    @Test
    void generatedOnesNeverAre() throws Exception {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            assertThat(guard("KEY: app.key", Base64.getEncoder().encodeToString(bytes)))
                    .isEmpty();
        }
    }

    @Test
    void aLeafIsWeakOnlyIfItIsCommon() throws Exception {
        assertThat(guard("KEY: app.key", "{\"plan\":\"free\",\"password\":\"changeme\"}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("a field of KEY"));
    }

    @Test
    void theListIsInOrderAndNoWordIsLongerThanLookedFor() throws Exception {
        assertThat(CommonValues.WORDS.strip().split("\\s+"))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(200)
                .allMatch(word -> word.length() <= CommonValues.LONGEST);
    }

    private List<Problem> guard(String entry, String value) throws IOException {
        Mapping mapping;
        try {
            mapping = new MappingParser(Map.of())
                    .parse(Files.writeString(
                            folder.resolve("secrets.yaml"),
                            "backends: {b: {type: directory, path: p}}\nsecrets:\n  b:\n    " + entry + "\n"));
        } catch (io.secretagent.bootstrap.mapping.InvalidMappingException e) {
            throw new AssertionError(e);
        }
        Map<Entry, Outcome> outcomes = new LinkedHashMap<>();
        for (Entry mapped : mapping.entries()) {
            outcomes.put(
                    mapped,
                    new Outcome.Found(new Content.Bytes(value.getBytes(UTF_8), Content.Format.JSON), null, null));
        }
        return new ValueGuards(new Fingerprints()).check(mapping, Resolution.of(mapping, outcomes));
    }
}
