package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
    private final Masker masker = new Masker();

    @Test
    void masksEveryOccurrence() {
        masker.add("db.password", "canary-0815");

        assertThat(masker.mask("canary-0815 and canary-0815")).isEqualTo("*** and ***");
    }

    @Test
    void namesTheSecretIfToldTo() {
        masker.configure("[{name}]", 4);
        masker.add("db.password", "canary-0815");
        masker.add("key", "canary-0815-long");

        assertThat(masker.mask("canary-0815 canary-0815-long")).isEqualTo("[db.password] [key]");
    }

    @Test
    void aMaskNeverHoldsTheValue() {
        masker.configure("[{name}]", 4);
        masker.add("paths/canary-0815", "canary-0815");

        assertThat(masker.mask("canary-0815")).isEqualTo("***");
    }

    @Test
    void overlappingValuesBecomeOneMask() {
        masker.add("a", "canary-one");
        masker.add("b", "one-canary");

        assertThat(masker.mask("<canary-one-canary>")).isEqualTo("<***>");
    }

    @Test
    void anOldValueStays() {
        masker.add("db.password", "canary-old");
        masker.add("db.password", "canary-new");

        assertThat(masker.mask("canary-old canary-new")).isEqualTo("*** ***");
    }

    @Test
    void aShortValueIsMaskedAsAWholeTokenOnly() {
        masker.add("pin", "4711x");

        assertThat(masker.mask("pin=4711x, 4711xy a4711x (4711x)")).isEqualTo("pin=***, 4711xy a4711x (***)");
    }

    @Test
    void aLongValueIsMaskedWithinAWordThoughItIsAFormOfAShortOne() {
        masker.add("short", "ab\\cd12");
        masker.add("long", "ab\\\\cd12");

        assertThat(masker.mask("xab\\\\cd12x")).isEqualTo("x***x");
    }

    @Test
    void theLinesOfAValueAreMaskedOneByOne() {
        masker.add("key", "-----BEGIN KEY-----\ncanary-line-1\r\ncanary-line-2\n}\n");

        assertThat(masker.mask("at canary-line-2: } -----BEGIN KEY-----")).isEqualTo("at ***: } -----BEGIN KEY-----");
    }

    @Test
    void aValueIsMaskedWithinAJsonString() {
        masker.add("key", "canary\"\n\\\u0001end");

        assertThat(masker.mask("{\"key\":\"canary\\\"\\n\\\\\\u0001end\"}")).isEqualTo("{\"key\":\"***\"}");
    }

    @Test
    void halfASurrogatePairIsKept() {
        masker.add("key", "canary-\uD83D\uDD11");

        assertThat(masker.mask("\uD83D canary-\uD83D\uDD11 \uDD11 é")).isEqualTo("\uD83D *** \uDD11 é");
    }

    @Test
    void masksARangeOfBytesAndLeavesTheArray() {
        masker.add("key", "canary-0815");
        byte[] bytes = "[canary-0815]".getBytes(UTF_8);

        assertThat(masker.mask(bytes, 1, 11)).isEqualTo("***".getBytes(UTF_8));
        assertThat(masker.mask(bytes, 2, 11)).isSameAs(bytes);
        assertThat(bytes).isEqualTo("[canary-0815]".getBytes(UTF_8));
    }

    @Test
    void masksABuilderWhereItIs() {
        masker.add("key", "canary-0815");
        StringBuilder text = new StringBuilder("key is canary-0815!");

        masker.mask(text);

        assertThat(text).hasToString("key is ***!");
    }

    @Test
    void passesEverythingUntilThereIsAValue() {
        String text = "canary-0815";

        assertThat(masker.mask(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "true",
                "FALSE",
                "localhost",
                "changeit",
                "*****",
                "        ",
                "true\n",
                "8080",
                "65535",
                "Redis"
            })
    void refusesByNameWhatWouldRuinTheLogs(String value) {
        assertThat(masker.add("the.name", value))
                .startsWith("the.name is not masked: ")
                .doesNotContain("\n");

        assertThat(masker.mask("= " + value + " =")).isEqualTo("= " + value + " =");
    }

    @Test
    void aMinimumLengthCanOnlyBeRaised() {
        masker.configure("***", 12);
        assertThat(masker.add("the.name", "canary-0815"))
                .isEqualTo("the.name is not masked: it has fewer than 12 characters");

        masker.configure("***", 1);
        assertThat(masker.add("the.name", "x1y")).isEqualTo("the.name is not masked: it has fewer than 4 characters");
        assertThat(masker.add("the.name", "canary-0815")).isNull();
    }

    @Test
    void anEmptyValueIsNothingToMask() {
        assertThat(masker.add("the.name", "")).isNull();
    }

    @Test
    void findsAValueAcrossTheBlocksInWhichCharactersAreLookedAt() {
        Masker masker = new Masker();
        masker.add("db.password", "canary-block-9Qx");
        for (int before = 2 * LowBytes.BLOCK - 40; before <= 2 * LowBytes.BLOCK + 2; before++) {
            for (String filler : new String[] {"-", "\u00fc", "\u5bc6"}) {
                String text = filler.repeat(before) + " canary-block-9Qx " + filler;
                String masked = filler.repeat(before) + " *** " + filler;
                StringBuilder builder = new StringBuilder(text);
                masker.mask(builder);
                assertThat(masker.mask(text)).isEqualTo(masked);
                assertThat(builder).hasToString(masked);
            }
        }
    }
}
