package io.secretagent.bootstrap.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.secretagent.bootstrap.backend.Content.Format;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @Test
    void givesHeldFieldsAsTheyAre() {
        Map<String, Object> held = Map.of("a", "b");
        assertThat(Fields.of(new Content.Fields(held))).isSameAs(held);
    }

    @Test
    void readsJson() {
        assertThat(of(Format.JSON, "{\"a\": \"x\", \"n\": 1.10}"))
                .containsExactly(entry("a", "x"), entry("n", new Json.Numeral("1.10")));
        assertThat(of(Format.JSON, "a=b")).isNull();
    }

    @Test
    void readsProperties() {
        assertThat(of(Format.PROPERTIES, "\uFEFF# c\ndb.password = pä\\u0041ss\\\n  word\r\nempty=\n"))
                .containsOnly(entry("db.password", "päAssword"), entry("empty", ""));
    }

    @Test
    void refusesPropertiesWithATornEscape() {
        assertThat(of(Format.PROPERTIES, "a=\\u00")).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"ENV", "PROPERTIES", "YAML"})
    void refusesBytesThatAreNotUtf8(Format format) {
        byte[] latin = "a: b=\u00E4".getBytes(ISO_8859_1);
        assertThat(Fields.of(new Content.Bytes(latin, format))).isNull();
    }

    @Test
    void keepsYamlScalarsAsTheyAreWritten() {
        assertThat(of(Format.YAML, "a: 1.10\nb: off\nc: 1:30\nd: 'null'\ne: \"x\\ny\"\nf: |\n  l1\n  l2\ng: 0o17\n"))
                .containsExactly(
                        entry("a", "1.10"),
                        entry("b", "off"),
                        entry("c", "1:30"),
                        entry("d", "null"),
                        entry("e", "x\ny"),
                        entry("f", "l1\nl2\n"),
                        entry("g", "0o17"));
    }

    @Test
    void readsNestedYamlAndItsNulls() {
        assertThat(of(Format.YAML, "db: {password: p, hosts: [a, b]}\nnone: ~\nempty:\ntext: ''\n"))
                .containsExactly(
                        entry("db", Map.of("password", "p", "hosts", List.of("a", "b"))),
                        entry("none", Json.NULL),
                        entry("empty", Json.NULL),
                        entry("text", ""));
    }

    @Test
    void followsYamlAliases() {
        assertThat(of(Format.YAML, "base: &b {p: x}\nprod: *b\n"))
                .containsExactly(entry("base", Map.of("p", "x")), entry("prod", Map.of("p", "x")));
    }

    @Test
    void neverMakesAClassThatATagNames() {
        assertThat(of(Format.YAML, "a: !!javax.script.ScriptEngineManager {b: c}"))
                .isNull();
        assertThat(of(Format.YAML, "a: !!java.io.File /etc")).isNull();
        assertThat(of(Format.YAML, "a: !local text\nb: !!binary YQ==\n"))
                .containsExactly(entry("a", "text"), entry("b", "YQ=="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just text",
                "[a, b]",
                "a: b\na: c",
                "a: 'torn",
                "a: b\n---\na: c",
                "{? [x] : y}",
                "a: *nowhere",
                "a: &x [*x]",
                "a: &x {b: *x}"
            })
    void refusesYamlThatIsNotOneFiniteMapping(String text) {
        assertThat(of(Format.YAML, text)).isNull();
    }

    @Test
    void refusesYamlThatGrowsThroughAliases() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 24; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(of(Format.YAML, text.toString())).isNull();
        String large = "  0123456789\n".repeat(30_000);
        assertThat(of(Format.YAML, "a: &a |\n" + large + "b: [*a]")).hasSize(2);
        assertThat(of(Format.YAML, "a: &a |\n" + large + "b: [*a, *a, *a, *a, *a, *a]"))
                .isNull();
    }

    @Test
    void refusesYamlThatIsTooDeepOrTooLarge() {
        assertThat(of(Format.YAML, "a: " + "[".repeat(200) + "]".repeat(200))).isNull();
        assertThat(of(Format.YAML, "a: |\n" + "  0123456789\n".repeat(90_000))).isNull();
    }

    private static @Nullable Map<String, Object> of(Format format, String text) {
        return Fields.of(new Content.Bytes(text.getBytes(UTF_8), format));
    }
}
