package io.secretagent.bootstrap.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "K=v                  | v",
                "export K=v           | v",
                "export\tK=v          | v",
                "K = v                | v",
                "K=a=b#c==            | a=b#c==",
                "K=#c                 | #c",
                "K=a b  # comment     | a b",
                "K=it's               | it's",
                "K=C:\\new            | C:\\new",
                "K=$A ${B}            | $A ${B}",
                "K=''                 | ~~",
                "K=                   | ~~",
                "K= # comment         | ~~",
                "K='a # $B \\n \"'    | a # $B \\n \"",
                "K='it'\\''s'         | it's",
                "K=\"a\"'b'c          | abc",
                "K=\"a # b\"          | a # b",
                "K=\"a\" # b          | a",
                "K=\"\\\"\\\\\\$\\/\" | \"\\$/",
                "K=\"\\u0041\\u003c\" | A<",
                "K=\"\\u00\\q\"       | \\u00\\q",
                "K=\"$A\"             | $A",
            })
    void readsAValue(String line, String value) {
        assertThat(DotEnv.parse(line)).isEqualTo(Map.of("K", value));
        assertThat(DotEnv.parse("# before\r\n\r\n" + line + "\r\nL=w\r\n")).isEqualTo(Map.of("K", value, "L", "w"));
    }

    @Test
    void readsControlCharactersAndSeveralLines() {
        assertThat(DotEnv.parse("A=\"1\\n2\\r\\t\"\nB='1\n2'\nC=\"1\n2\"\n"))
                .isEqualTo(Map.of("A", "1\n2\r\t", "B", "1\n2", "C", "1\n2"));
    }

    @Test
    void takesTheLastOfTwoEqualNames() {
        assertThat(DotEnv.parse("K=a\nK=b")).isEqualTo(Map.of("K", "b"));
    }

    @Test
    void takesAVariableCalledExport() {
        assertThat(DotEnv.parse("export=a\nexport export=b\nexport =c")).isEqualTo(Map.of("export", "c"));
    }

    @Test
    void hasNoFieldsWhereThereIsNone() {
        assertThat(DotEnv.parse("")).isEmpty();
        assertThat(DotEnv.parse("\n  # only a comment")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "{\"a\": 1}",
                "=v",
                "export K",
                "K\n=v",
                "K='torn",
                "K=\"torn",
                "K=\"torn\\",
                "K=''\\",
                "K=\"a\" b",
                "K L=v",
                "a: b"
            })
    void refusesOtherText(String text) {
        assertThat(DotEnv.parse(text)).isNull();
    }

    @Property
    void readsBackWhatDoubleQuotesHold(@ForAll String value) {
        String quoted = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("\n", "\\n");
        assertThat(DotEnv.parse("export K=\"" + quoted + "\"\r\nL=w")).isEqualTo(Map.of("K", value, "L", "w"));
    }

    @Property
    void readsBackWhatAShellQuotes(@ForAll String value) {
        String quoted = value.replace("'", "'\\''");
        assertThat(DotEnv.parse("K='" + quoted + "'\nL=w")).isEqualTo(Map.of("K", value, "L", "w"));
    }

    @Property
    void endsOnAnyText(@ForAll String text) {
        DotEnv.parse(text);
        DotEnv.parse("K=" + text);
        DotEnv.parse("K=\"" + text);
    }
}
