package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Every way of masking against {@link NaiveMasking}, over values and texts that overlap as often as can be. */
class MaskingPropertiesTest {
    private static final String MASK = "<masked>";

    @Property(tries = 2000)
    void aStringIsMaskedAsTheOracleDoes(
            @ForAll @Size(min = 1, max = 6) List<@From("value") String> values,
            @ForAll("pieces") List<Integer> pieces) {
        List<Pattern> masked = new ArrayList<>();
        Masker masker = masker(values, masked);
        String text = text(values, pieces);

        assertThat(masker.mask(text)).isEqualTo(NaiveMasking.mask(text, masked));
    }

    @Property(tries = 2000)
    void bytesAreMaskedAsTheOracleDoesHoweverTheyAreSplit(
            @ForAll @Size(min = 1, max = 6) List<@From("value") String> values,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll long seed)
            throws IOException {
        List<Pattern> masked = new ArrayList<>();
        Masker masker = masker(values, masked);
        byte[] bytes = text(values, pieces).getBytes(UTF_8);
        String expected = new String(NaiveMasking.mask(bytes, masked), UTF_8);

        assertThat(new String(masker.mask(bytes), UTF_8)).isEqualTo(expected);

        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(seed);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(5), bytes.length - at);
            stream.write(bytes, at, length);
            out.write(stream.takeOutput());
            at += length;
        }
        stream.finish();
        out.write(stream.takeOutput());
        assertThat(out.toString(UTF_8)).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void noMoreThanSevenBytesOfALongValueGetThroughWhereverTheWriterPauses(
            @ForAll("long value") String value, @ForAll long seed) throws IOException {
        Masker masker = masker(List.of(value), new ArrayList<>());
        byte[] bytes = ("= " + value + "\n").getBytes(UTF_8);
        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(seed);
        for (int i = 0; i < bytes.length; i++) {
            stream.write(bytes, i, 1);
            if (random.nextBoolean()) {
                stream.pause();
            }
            out.write(stream.takeOutput());
        }
        stream.finish();
        out.write(stream.takeOutput());

        String written = out.toString(UTF_8);
        assertThat(written).startsWith("= ").endsWith(MASK + "\n");
        assertThat(written.length() - "= ".length() - MASK.length() - 1).isLessThan(8);
    }

    @Property
    void cleanTextIsTheSameInstance(@ForAll String text, @ForAll byte[] bytes) {
        Masker masker = masker(List.of("a value that no generator makes"), new ArrayList<>());

        assertThat(masker.mask(text)).isSameAs(text);
        assertThat(masker.mask(bytes)).isSameAs(bytes);
    }

    /** Few letters, so that values overlap with themselves and with one another; characters special to others. */
    @Provide
    Arbitrary<String> value() {
        Arbitrary<String> narrow =
                Arbitraries.strings().withChars('a', 'b', '-').ofMinLength(4).ofMaxLength(12);
        Arbitrary<String> special = Arbitraries.strings()
                .withChars('$', '1', '\\', '.', '*', '[', '(', 'é', '€', '密', 'a')
                .ofMinLength(4)
                .ofMaxLength(12);
        Arbitrary<String> known = Arbitraries.of(
                "aab-secret", "aab-secret-2", "secret", "\uD83D\uDD11\uD83D\uDD11 key", MASK, "$1$1", "masked><masked");
        return Arbitraries.oneOf(narrow, special, known);
    }

    @Provide("long value")
    Arbitrary<String> longValue() {
        return Arbitraries.strings()
                .alpha()
                .ofMinLength(8)
                .ofMaxLength(40)
                .filter(value -> value.chars().distinct().count() > 1);
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE).list().ofMaxSize(12);
    }

    /** Values, beginnings and ends of values, and what stands between them. */
    private static String text(List<String> values, List<Integer> pieces) {
        String[] others = {" ", "\n", "a", "b", "-", "ab", "\uD83D", "é", "=", MASK, "密"};
        StringBuilder text = new StringBuilder();
        for (int piece : pieces) {
            String value = values.get(piece / 40 % values.size());
            int cut = piece / 400 % value.length();
            switch (piece % 4) {
                case 0 -> text.append(value);
                case 1 -> text.append(value, 0, cut);
                case 2 -> text.append(value, cut, value.length());
                default -> text.append(others[piece / 4 % others.length]);
            }
        }
        return text.toString();
    }

    private static Masker masker(List<String> values, List<Pattern> masked) {
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        for (String value : values) {
            // Where the mask has the value in it another mask is written, which is tested elsewhere.
            if (!MASK.contains(value) && masker.add("name", value) == null) {
                masked.addAll(NaiveMasking.patterns(value, MASK));
            }
        }
        return masker;
    }
}
