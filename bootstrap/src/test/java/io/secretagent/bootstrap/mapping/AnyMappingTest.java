package io.secretagent.bootstrap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** Whatever the file holds: a mapping or its problems, soon, and no value in a line. */
class AnyMappingTest {
    private static final String GOOD = MappingFiles.resource("everything.yaml");
    private static final String CANARY = "sk-ant-canary0123456789";
    private static Path folder = Path.of("");

    /** A place, and what is put there in exchange for some of what follows. */
    record Edit(int at, int removed, String inserted) {}

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("mapping");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("secrets.yaml"));
        Files.delete(folder);
    }

    @Property(tries = 1500)
    void endsWithAMappingOrItsProblems(@ForAll("edits") List<Edit> edits) {
        StringBuilder text = new StringBuilder(GOOD);
        for (Edit edit : edits) {
            int at = edit.at() % text.length();
            text.replace(at, Math.min(text.length(), at + edit.removed()), edit.inserted());
        }
        parse(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void takesAnyBytes(@ForAll @IntRange(max = 100_000) int at, @ForAll byte[] bytes) {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        int from = at % good.length;
        System.arraycopy(bytes, 0, good, from, Math.min(bytes.length, good.length - from));
        parse(good);
    }

    @Example
    void showsNoPastedValueInAnyPlace() {
        String[] words = GOOD.split("(?<=[\\s:,{}\\[\\]\"#/.$|])|(?=[\\s:,{}\\[\\]\"#/.$|])", -1);
        for (int i = 0; i < words.length; i++) {
            String kept = words[i];
            words[i] = CANARY;
            assertThat(parse(String.join("", words).getBytes(StandardCharsets.UTF_8)))
                    .as("in place of word %d", i)
                    .noneMatch(line -> line.contains("canary"));
            words[i] = kept;
        }
    }

    @Example
    void showsNoValueHoweverPlain() {
        String[] lines = GOOD.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon > 0 && !lines[i].contains("#")) {
                String kept = lines[i];
                lines[i] = kept.substring(0, colon) + ": hunter two";
                assertThat(parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)))
                        .as(kept)
                        .noneMatch(line -> line.contains("hunter"));
                lines[i] = kept;
            }
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<String> inserted = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "\t",
                        "\n",
                        "\r\n",
                        "  ",
                        ": ",
                        "- ",
                        "{",
                        "}",
                        "[",
                        "]",
                        "*",
                        "&a ",
                        "*a",
                        "!!int ",
                        "!x ",
                        "<<: ",
                        "\"",
                        "'",
                        "|\n",
                        "#",
                        "#*",
                        "${",
                        "${ENV}",
                        "$${",
                        "{{",
                        "~",
                        "null",
                        "---\n",
                        "\u0000",
                        "\ufeff",
                        "\u2028",
                        "😀",
                        "?",
                        "%",
                        "@",
                        CANARY,
                        "backends:\n",
                        "secrets:\n"),
                Arbitraries.strings().ofMaxLength(8));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100_000),
                        Arbitraries.integers().between(0, 30),
                        inserted)
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static List<String> parse(byte[] content) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                return MappingFiles.parse(folder, content).warnings().stream()
                        .map(Problem::line)
                        .toList();
            } catch (InvalidMappingException e) {
                assertThat(e.problems()).isNotEmpty();
                return e.problems().stream().map(Problem::line).toList();
            }
        });
    }
}
