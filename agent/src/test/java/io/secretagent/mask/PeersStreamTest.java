package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other maskers test of values that overlap and of writes that end within them, case by case, with other values. Where they differ from each other, or from this one, the
 * comment says so.
 */
class PeersStreamTest {
    private static final String TEXT = "Lirum larum loffel stiel";
    private static final String KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-1\n-----END OPENSSH PRIVATE KEY-----\n";

    private final Masker masker = new Masker();

    /** Buildkite, {@code TestReplacerLoremIpsum}: in one write, and a byte at a time. Ours has four characters and more. */
    @ParameterizedTest
    @CsvSource({
        "'', Lirum larum loffel stiel",
        "larum, Lirum *** loffel stiel",
        "larum|stiel, Lirum *** loffel ***",
        "larum loffel|loffel, Lirum *** stiel",
        "larum|larum loffel, Lirum *** stiel",
        "larum loffel|loffel stiel, Lirum ***",
        // The second begins in the first and ends otherwise.
        "Lirum larum|larum lOffel|loffel stiel, *** ***",
        // The first spends most of the text before it ends otherwise.
        "Lirum larum lO|larum|loffel, Lirum *** *** stiel",
        // A tower of them.
        "m loffel|um loffel|rum loffel |arum loffel s|larum loffel st, Lirum ***iel",
    })
    void valuesThatOverlap(String values, String expected) {
        addAll(values);

        assertThat(masker.mask(TEXT)).isEqualTo(expected);
        assertThat(byteAtATime(TEXT)).isEqualTo(expected);
    }

    /** Buildkite, {@code TestReplacerWriteBoundaries}: a write ends within one value, or within two. */
    @ParameterizedTest
    @CsvSource({"larum", "larum loffel|rum loff", "larum loffel|arum|loffel"})
    void aWriteEndsWithinAValue(String values) {
        addAll(values);
        for (int split = 0; split < TEXT.length(); split++) {
            StreamMasker stream = new StreamMasker(masker.index());
            write(stream, TEXT.substring(0, split));
            write(stream, TEXT.substring(split));

            assertThat(finish(stream)).isEqualTo(masker.mask(TEXT));
        }
    }

    /** Buildkite, {@code TestReplacerResetMidStream} and {@code TestMuxNeedles}: a value that comes while one is held. */
    @Test
    void aValueThatIsAddedWhileAnotherIsHeld() {
        masker.add("first", "canary-1111");
        StreamMasker stream = new StreamMasker(masker.index());
        write(stream, "a canary-1111, a canary-2222 and a canary-");
        masker.add("second", "canary-2222");
        stream.use(masker.index());
        write(stream, "1111, a canary-2222");

        assertThat(finish(stream)).isEqualTo("a ***, a canary-2222 and a ***, a ***");
    }

    /** Buildkite, {@code TestReplacerMultibyte}. */
    @Test
    void charactersOfSeveralBytes() {
        masker.add("key", "ÿÿ🔑ÿ-÷÷÷");

        assertThat(byteAtATime("fooÿÿ🔑ÿ-÷÷÷bar")).isEqualTo("foo***bar");
    }

    /** Buildkite, {@code TestReplacerMultiLine}: a key file as terminals and formatters write it. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r\r\n", " "})
    void aKeyFileWithOtherEndsOfLine(String end) {
        masker.add("key", KEY);

        String masked = byteAtATime("tra la" + end + KEY.strip().replace("\n", end) + end + "la");

        assertThat(masked).startsWith("tra la" + end + "***").endsWith("la").doesNotContain("canary", "BEGIN");
    }

    /**
     * Buildkite, the same: with any white space between the lines. There all of it is masked, here the lines that have
     * something of the key.
     */
    @Test
    void aKeyFileWithAnyWhiteSpaceInIt() {
        masker.add("key", KEY);

        assertThat(masker.mask(KEY.replace("\n", "\n\t \n\u000b")))
                .contains("***")
                .doesNotContain("canary");
    }

    /** GitHub Actions, {@code SecretMaskerL0}. Values side by side have a mask each here, and one for all there. */
    @ParameterizedTest
    @CsvSource({
        "canary-1, <>, <>",
        "canary-1, xcanary-1y, x***y",
        "canary-1, xcanary-1ycanary-1, x***y***",
        "canary-1, canary-1canary-1x, ******x",
        "canary-1|another2, xcanary-1yanother2z, x***y***z",
        "canary-1x|x-another, <canary-1x-another>, <***>",
        "canary-1, Canary-1, Canary-1",
    })
    void valuesInARow(String values, String text, String expected) {
        addAll(values);

        assertThat(masker.mask(text)).isEqualTo(expected);
    }

    private void addAll(String values) {
        for (String value : Assignments.split(values, "|")) {
            assertThat(masker.add("key", value)).isNull();
        }
    }

    private String byteAtATime(String text) {
        StreamMasker stream = new StreamMasker(masker.index());
        byte[] bytes = text.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            stream.write(bytes, i, 1);
        }
        return finish(stream);
    }

    private static void write(StreamMasker stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        stream.write(bytes, 0, bytes.length);
    }

    private static String finish(StreamMasker stream) {
        stream.finish();
        return new String(stream.takeOutput(), UTF_8);
    }
}
