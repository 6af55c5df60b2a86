package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases from the tests and the trackers of other maskers, several of which let the value through. */
class PeersTest {
    private final Masker masker = new Masker();

    /** GitHub Actions: half of these leak there (actions/runner#291). */
    @Test
    void base64OfAUserAndAPasswordAndANewline() {
        for (int length = 8; length <= 19; length++) {
            String value = "Xk7-canary-Qz9wLm4pT".substring(0, length);
            Masker each = new Masker();
            each.add("password", value);
            for (String user : new String[] {"", "u:", "me:", "you:", "admin:"}) {
                for (String tail : new String[] {"", "\n", "@host", "\r\n"}) {
                    byte[] pair = (user + value + tail).getBytes(UTF_8);
                    for (Base64.Encoder encoder : new Base64.Encoder[] {
                        Base64.getEncoder(),
                        Base64.getUrlEncoder(),
                        Base64.getEncoder().withoutPadding()
                    }) {
                        byte[] log = ("Authorization: Basic " + encoder.encodeToString(pair) + "\n").getBytes(UTF_8);

                        assertThat(Decoding.finds(value, log)).isTrue();
                        assertThat(Decoding.finds(value, each.mask(log)))
                                .as("%s characters after %s before %s", length, user, tail.length())
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void base64AloneLeavesNothing() {
        for (String value : new String[] {"canary-081", "canary-0815", "canary-0815x"}) {
            masker.add("key", value);
            String encoded = Base64.getEncoder().encodeToString(value.getBytes(UTF_8));

            assertThat(masker.mask("<" + encoded + ">")).isEqualTo("<***>");
        }
    }

    /** GitLab: the second write was taken for a new beginning there. */
    @Test
    void aValueThatBeginsLikeItselfInTwoWrites() {
        masker.add("key", "aab-secret");
        StreamMasker stream = new StreamMasker(masker.index());
        stream.write("aa".getBytes(UTF_8), 0, 2);
        stream.write("ab-secret".getBytes(UTF_8), 0, 9);
        stream.finish();

        assertThat(new String(stream.takeOutput(), UTF_8)).isEqualTo("a***");
    }

    /** Buildkite: consoles write line ends in their own way (buildkite/agent#3233, #4091). */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\r\r\n", " ", "\\n", "\\r\\n", "\\\\n", "&#10;", "%0A"})
    void aLineEndWrittenOtherwise(String end) {
        masker.add("key", "canary\none-two\nx\n");

        assertThat(masker.mask("<canary" + end + "one-two" + end + "x>")).isEqualTo("<***>");
    }

    /** Jenkins: shells trace commands in quotes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ca'\\''nary\"$x`\\!",
                "ca'\"'\"'nary\"$x`\\!",
                "ca\\'nary\\\"\\$x\\`\\\\\\!",
                "ca'nary\\\"\\$x\\`\\\\!"
            })
    void aShellsQuotes(String traced) {
        masker.add("key", "ca'nary\"$x`\\!");

        assertThat(masker.mask("+ echo '" + traced + "'")).isEqualTo("+ echo '***'");
    }

    /** Jenkins: a dollar in a value must not be read as a reference to a group. */
    @ParameterizedTest
    @ValueSource(strings = {"$1$2$0\\canary", "a+b*c?[canary](x)", "\\Qcanary\\E.", "***canary***"})
    void aValueThatIsSpecialToARegularExpression(String value) {
        masker.add("key", value);

        assertThat(masker.mask("<" + value + ">")).isEqualTo("<***>");
    }

    /** Concourse, Woodpecker: a mask between all characters, a brace masked everywhere (concourse/concourse#4656). */
    @Test
    void emptyAndShortLinesAreNotMaskedAlone() {
        masker.add("key", "{\n\n  \"key\": \"canary-0815\"\n}\n");

        assertThat(masker.mask("{ } a \"b\"\n\n")).isEqualTo("{ } a \"b\"\n\n");
    }

    /**
     * Woodpecker, {@code TestSecretsReplaceWriter}, and Drone, {@code TestReplace}. There a value goes within a word too,
     * of two lines each has a mask, and a short line none.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hund7; kunde=hund7 mit hund7x; kunde=*** mit hund7x",
                "hund7/katz9; kunde=katz9 wort=hund7; kunde=*** wort=***",
                "ein~Wort auf zwei!!; los~ein~Wort auf zwei!! :); los~*** :)",
                "ein~Wort auf zwei!!; los~ein~Wort auf drei; los~ein~Wort auf drei",
                "zwei~~leerzeilen; mit~zwei~~leerzeilen; mit~***",
                "zwei~~leerzeilen; mit~zwei; mit~zwei",
                "falsches-pferd-batterie-klammer; wort falsches-pferd-batterie-klammer; wort ***",
            })
    void valuesInALog(String values, String log, String expected) {
        for (String value : Assignments.split(values, "/")) {
            masker.add("key", value.replace('~', '\n'));
        }

        assertThat(masker.mask(log.replace('~', '\n'))).isEqualTo(expected.replace('~', '\n'));
    }

    /** Azure Pipelines, {@code SecretMaskerTests_Encoder_JsonStringEscape}: all that JSON escapes. */
    @Test
    void allThatJsonEscapes() {
        masker.add("key", "zurueck\r_zeile\n_tab\t_schraeg\\_doppelt\"");

        assertThat(masker.mask("<zurueck\\r_zeile\\n_tab\\t_schraeg\\\\_doppelt\\\">"))
                .isEqualTo("<***>");
    }

    /** Java's own: nobody else looks for it. */
    @Test
    void arraysOfCharactersAndBytes() {
        masker.add("key", "canär-0815");

        assertThat(masker.mask("[c, a, n, ä, r, -, 0, 8, 1, 5]")).isEqualTo("[***]");
        assertThat(masker.mask("[99, 97, 110, -61, -92, 114, 45, 48, 56, 49, 53]"))
                .isEqualTo("[***]");
    }

    /** As Gson and Log4j 2's template layout write arrays, and as any JSON layout does what Java makes of one. */
    @Test
    void arraysInJson() {
        masker.add("key", "can\"är\\0815");

        assertThat(masker.mask("[\"c\",\"a\",\"n\",\"\\\"\",\"ä\",\"r\",\"\\\\\",\"0\",\"8\",\"1\",\"5\"]"))
                .isEqualTo("[\"***\"]");
        assertThat(masker.mask("[c, a, n, \\\", ä, r, \\\\, 0, 8, 1, 5]")).isEqualTo("[***]");
        assertThat(masker.mask("[99,97,110,34,-61,-92,114,92,48,56,49,53]")).isEqualTo("[***]");
    }

    @Test
    void anArrayOfCharactersThatSplitsASurrogatePair() {
        masker.add("key", "canary-0815🔑canary-0816");

        assertThat(masker.mask(Arrays.toString("canary-0815🔑canary-0816".toCharArray())))
                .isEqualTo("[***, \uD83D, \uDD11, ***]");
    }
}
