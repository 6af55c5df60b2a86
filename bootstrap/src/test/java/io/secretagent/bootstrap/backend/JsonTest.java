package io.secretagent.bootstrap.backend;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"key\":\"v\"}", " \t\r\n{\"key\":\"v\"}\n", "\ufeff{\"key\":\"v\"}"})
    void anObjectIsOneInEachEncodingAndBehindSpace(String text) {
        for (Charset charset : List.of(UTF_8, UTF_16BE, UTF_16LE)) {
            assertThat(Json.object(text.getBytes(charset))).as(charset.name()).isEqualTo(Map.of("key", "v"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "plain", "[{\"key\":1}]", "\"{}\"", "{\"key\":1} and more", "{\"key\":", "ü{}", "{} {}"
            })
    void nothingElseIs(String text) {
        assertThat(Json.object(text.getBytes(UTF_8))).isNull();
    }

    @Test
    void numbersStayAsTheyWereWritten() {
        assertThat(Json.object("{\"key\":1.10}".getBytes(UTF_8))).isEqualTo(Map.of("key", new Json.Numeral("1.10")));
    }
}
