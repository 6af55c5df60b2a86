package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantsTest {
    private static final String VALUE = "cä\"n/a'r&y<=+\\ ~";

    private final Masker masker = new Masker();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cä\\\"n/a'r&y<=+\\\\ ~",
                "c\\u00e4\\\"n\\/a'r&y<=+\\\\ ~",
                "c\\u00E4\\\"n/a'r&y<=+\\\\ ~",
                "cä\\\"n/a\\u0027r\\u0026y\\u003c\\u003d+\\\\ ~",
                "c\\u00E4\\u0022n/a\\u0027r\\u0026y\\u003C=\\u002B\\\\ ~",
                "cä\\\\\\\"n/a'r&y<=+\\\\\\\\ ~",
                "cä&quot;n/a&apos;r&amp;y&lt;=+\\ ~",
                "c&auml;&quot;n/a&#x27;r&amp;y&lt;=+\\ ~",
                "c&#228;&#034;n/a&#039;r&amp;y&lt;=+\\ ~",
                "c&#xe4;&#x22;n&#x2f;a&#x27;r&#x26;y&#x3c;&#x3d;&#x2b;&#x5c;&#x20;&#x7e;",
                "c&auml;&quot;n&#x2f;a&#x27;r&amp;y&lt;&#x3d;&#x2b;&#x5c; &#x7e;",
                "c&auml;&quot;n&#x2f;a&#x27;r&amp;y&lt;&#x3d;&#x2b;&#x5c;&#x20;&#x7e;",
                "c&#xe4;&quot;n&#x2f;a&apos;r&amp;y&lt;&#x3d;&#x2b;&#x5c; &#x7e;",
                "c[0xc3][0xa4]\"n/a'r&y<=+\\ ~",
                "c%C3%A4%22n%2Fa%27r%26y%3C%3D%2B%5C+%7E",
                "c%c3%a4%22n%2fa'r%26y%3c%3d%2b%5c%20~",
                "c%C3%A4%22n/a'r&y%3C=+%5C%20~",
                "c%25C3%25A4%2522n%252Fa%2527r%2526y%253C%253D%252B%255C%2520~",
                "c\\u00E4\"n/a'r&y<\\=+\\\\ ~",
                "cä\\\"n\\/a\\'r\\&y\\<\\=\\+\\\\\\ \\~",
                "cä\"n/a'\\''r&y<=+\\ ~",
                "c\\303\\244\"n/a\\'r&y<=+\\\\ ~",
                "c[0xffffffc3][0xffffffa4]\"n/a'r&y<=+\\ ~",
                "63c3a4226e2f61277226793c3d2b5c207e",
                "63 C3 A4 22 6E 2F 61 27 72 26 79 3C 3D 2B 5C 20 7E",
            })
    void isMasked(String variant) {
        masker.add("key", VALUE);

        assertThat(masker.mask("<" + variant + ">")).isEqualTo("<***>");
    }

    @Test
    void utf16StaysAligned() {
        masker.add("key", "canary-0815");
        masker.add("wide", "密碼canary-€");

        for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
            byte[] log = "a canary-0815, 密碼canary-€ b".getBytes(charset);

            assertThat(new String(masker.mask(log), charset)).isEqualTo("a ***, *** b");
        }
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, é", "windows-1252, €", "US-ASCII, é", "ISO-8859-1, 密"})
    void aNarrowCharsetIsMaskedWithItsQuestionMarks(String charset, String letter) {
        masker.add("key", "canary-" + letter + "0815");
        byte[] log = ("<canary-" + letter + "0815>").getBytes(Charset.forName(charset));

        assertThat(masker.mask(log)).isEqualTo("<***>".getBytes(UTF_8));
    }

    @Test
    void theMaskOfBase64CoversTheEndThatIsSharedWithWhatFollows() {
        masker.add("key", "canary-0815");
        // Eleven bytes and one of the other text, whose bits share a character.
        String log = Base64.getEncoder().encodeToString("canary-0815?next text".getBytes(UTF_8));

        assertThat(masker.mask(log)).isEqualTo("***" + log.substring(15));
    }

    @Test
    void aShortValueIsNotLookedForInWhatCouldBeByChance() {
        masker.add("pin", "x7-q");

        assertThat(masker.mask("[x7-q] x7-qq 78372d71 " + Base64.getEncoder().encodeToString("x7-q".getBytes(UTF_8))))
                .isEqualTo("[***] x7-qq 78372d71 eDctcQ==");
    }

    @Test
    void aKeysHeaderAndKindAreNotLookedForInBase64() {
        String key = """
                -----BEGIN PRIVATE KEY-----
                MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj
                CANARY0815canary0815CANARY0815canary0815
                -----END PRIVATE KEY-----
                """;
        masker.add("key", key);
        String other = key.replace("CANARY0815canary0815", "another/key/altogether");

        String log = Base64.getMimeEncoder().encodeToString(other.getBytes(UTF_8));
        assertThat(masker.mask(log)).isEqualTo(log);

        String folded = Base64.getMimeEncoder().encodeToString(key.getBytes(UTF_8));
        assertThat(masker.mask(folded)).contains("***");
    }

    @Test
    void ofAUrlOnlyTheCredentialsAreLookedForInFoldedBase64() {
        masker.add("url", "jdbc:postgresql://canary-user:canary-password-0815@db.canary.example:5432/orders");
        Base64.Encoder folding = Base64.getMimeEncoder(64, new byte[] {'\n'});

        String other = folding.encodeToString("jdbc:postgresql://db.canary.example:5432/orders".getBytes(UTF_8));
        assertThat(masker.mask(other)).isEqualTo(other);

        String same = folding.encodeToString("https://canary-user:canary-password-0815@else.where".getBytes(UTF_8));
        assertThat(Decoding.finds("canary-password-0815", masker.mask(same).getBytes(UTF_8)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " ", "\t", "\n\t", "\n    ", "  ", "\n\n"})
    void anyWhiteSpaceBetweenShortLines(String between) {
        Masker masker = new Masker();
        masker.add("canary", "canary\none-two\n");
        assertThat(masker.mask("<canary" + between + "one-two>")).isEqualTo("<***>");
    }

    @Test
    void aLongValueHasFewVariants() {
        String line = "canary-0815-abcdefgh/";

        assertThat(bytes(line.repeat(3_000))).isLessThan(700_000);
        assertThat(bytes(line.repeat(40_000))).isLessThan(900_000);
        assertThat(masker.add("huge", line.repeat(500_000)))
                .isEqualTo("huge is not masked: it has more than 1048576 characters");
    }

    private static int bytes(String value) {
        return Variants.of(value, Fragments.of(value), "***").length();
    }
}
