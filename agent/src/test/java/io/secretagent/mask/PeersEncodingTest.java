package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other maskers test of encodings, case by case, with other values. */
class PeersEncodingTest {
    private final Masker masker = new Masker();

    /** GitHub Actions, {@code HostContextL0.DefaultSecretMaskers}: encodings within a word. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "Kennwort7!, 123Kennwort7!123",
                "Kenn\"wort\"7!, 123Kenn\\\"wort\\\"7!123",
                "Kenn wort 7!, 123Kenn%20wort%207%21123",
                "Kenn<wort>7!, 123Kenn&lt;wort&gt;7!123",
                "Kenn'wort'7!, 123Kenn''wort''7!123",
                // With a backslash too, which CommandLineArgumentEscape leaves alone and MySQL doubles.
                "Kenn\"wort\\7!, 123Kenn\\\"wort\\7!123",
                "Kenn'wort\\7!, 123Kenn''wort\\\\7!123",
            })
    void encodingsWithinAWord(String value, String text) {
        masker.add("key", value);

        assertThat(masker.mask(text)).isEqualTo("123***123");
    }

    /** Jenkins, {@code Base64PatternTest}: of three alignments. Below eight characters it is masked there, not here. */
    @Test
    void base64OfThreeAlignments() {
        masker.add("key", "vwxyz-89");
        for (String before : new String[] {"", "1", "12", "123"}) {
            for (String behind : new String[] {"", "1", "12", "123"}) {
                String text = before + "vwxyz-89" + behind;
                byte[] log = Base64.getEncoder().encode(text.getBytes(UTF_8));

                assertThat(Decoding.finds("vwxyz-89", masker.mask(log)))
                        .as(text)
                        .isFalse();
            }
        }
        String other = Base64.getEncoder().encodeToString("1vwxyz-981".getBytes(UTF_8));
        assertThat(masker.mask(other)).isEqualTo(other);
    }

    /** Jenkins, {@code DollarSecretPatternFactoryTest}: the shell of a build doubles dollars. */
    @ParameterizedTest
    @ValueSource(strings = {"a$canary", "a$$canary", "$canary$"})
    void dollars(String value) {
        masker.add("key", value);

        assertThat(masker.mask("+ make " + value + " all")).isEqualTo("+ make *** all");
        assertThat(masker.mask("+ make " + value.replace("$", "$$") + " all")).doesNotContain("canary");
    }

    /** Jenkins, the tests of its pattern factories of shells: passwords of all characters, echoed and traced. */
    @Test
    void passwordsOfAllCharacters() {
        for (String value : passwords()) {
            Masker each = new Masker();
            if (each.add("key", value) == null) {
                assertThat(each.mask("before " + value + " after")).isEqualTo("before *** after");
                // bash and sh, which leave and enter single quotes; and what is escaped within double quotes.
                assertThat(each.mask("+ : '" + value.replace("'", "'\\''") + "'"))
                        .isEqualTo("+ : '***'");
                assertThat(each.mask("+ : \"" + value.replaceAll("([\"\\\\$`])", "\\\\$1") + "\""))
                        .isEqualTo("+ : \"***\"");
            }
        }
    }

    private static List<String> passwords() {
        List<String> passwords = new ArrayList<>(List.of(
                "uv'wx''yz'''gh",
                "'uvwxyz-'",
                "'uv'wxyz'",
                "uv'wxyz-",
                "'u\"v\"w xyz",
                "u\"v\"w xyz'",
                "}#K27'QAz&W!{$V_",
                "u'v\"w\\x(y)#",
                "'\"'(xyz)'\"'",
                "^<^>^(^)^^^&^|",
                "uvw<xyz>$ghi|jkl",
                "^|\\v\\\\wxyz"));
        StringBuilder ascii = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            ascii.append(c % 16 == 0 ? " " : "").append(c);
        }
        passwords.add(ascii.toString());
        Random random = new Random(100);
        for (int i = 0; i < 300; i++) {
            StringBuilder password = new StringBuilder();
            for (int left = 8 + random.nextInt(24); left > 0; left--) {
                password.append((char) (' ' + random.nextInt(95)));
            }
            passwords.add(password.toString().strip());
        }
        return passwords;
    }
}
