package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The quick search against {@link NaiveMasking}: many values, short beside long, in texts of which little is read. */
class SearchPropertiesTest {
    private static final String MASK = "<masked>";
    private static final String[] ALPHABETS = {
        "ab", "abcdef-", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789+/", "aé密"
    };

    @Property(tries = 600)
    void findsWhatTheOracleFindsHoweverManyValuesAndHoweverLong(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Pattern> masked = new ArrayList<>();
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
        List<String> values = values(random, alphabet);
        for (String value : values) {
            if (masker.add("name", value) == null) {
                masked.addAll(NaiveMasking.patterns(value, MASK));
            }
        }
        String text = text(random, values, alphabet);
        String expected = NaiveMasking.mask(text, masked);

        assertThat(masker.mask(text)).isEqualTo(expected);
        StringBuilder builder = new StringBuilder(text);
        masker.mask(builder);
        assertThat(builder).hasToString(expected);
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(new String(masker.mask(bytes), UTF_8)).isEqualTo(expected);
        int longestWrite = 1 + random.nextInt(random.nextBoolean() ? 4 : 300);
        assertThat(streamed(masker, bytes, random, longestWrite)).isEqualTo(expected);
    }

    @Test
    void everySplitOfAValueThatOverlapsWithItselfComesOutTheSame() throws IOException {
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        String value = "abaababaabaababaababa";
        masker.add("long", value);
        masker.add("short", "baab-x");
        String filler = "A line of a log in which there is nothing. ";
        byte[] bytes =
                (filler + value.substring(0, 13) + value + value.substring(8) + filler + "baab-x\n").getBytes(UTF_8);
        String expected = new String(masker.mask(bytes), UTF_8);
        assertThat(expected).contains(MASK).doesNotContain(value);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                StreamMasker stream = new StreamMasker(masker.index());
                stream.write(bytes, 0, first);
                stream.write(bytes, first, second - first);
                stream.write(bytes, second, bytes.length - second);
                stream.finish();
                assertThat(new String(stream.takeOutput(), UTF_8)).isEqualTo(expected);
            }
        }
    }

    @Test
    void everySplitOfPiecesComesOutTheSame() throws IOException {
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        String value = "abcdabcdabcabcdabcdefabcd";
        masker.add("long", value);
        masker.add("short", "cdef-x");
        String filler = "A line of a log in which there is nothing abcd. ";
        byte[] bytes = (filler + value.substring(2, 19) + value.substring(5, 21) + filler + value.substring(9) + "\n")
                .getBytes(UTF_8);
        String expected = new String(masker.mask(bytes), UTF_8);
        assertThat(expected).isEqualTo(filler + MASK + MASK + filler + MASK + "\n");

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                StreamMasker stream = new StreamMasker(masker.index());
                stream.write(bytes, 0, first);
                stream.write(bytes, first, second - first);
                stream.write(bytes, second, bytes.length - second);
                stream.finish();
                assertThat(new String(stream.takeOutput(), UTF_8)).isEqualTo(expected);
            }
        }
    }

    @Test
    void valuesOfWhichThousandsMayBeginAtOnceAreMaskedInWritesOfAnyLength() {
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        masker.add("letter", "a".repeat(3000) + "b");
        masker.add("two", "ac".repeat(1500) + "d");
        String text = "a".repeat(5000) + "b" + "ac".repeat(4000) + "a".repeat(2999) + "b" + "ac".repeat(1500) + "d\n";
        String expected = "a".repeat(2000) + MASK + "ac".repeat(4000) + "a".repeat(2999) + "b" + MASK + "\n";
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(masker.mask(text)).isEqualTo(expected);
        for (int length : new int[] {1, 7, 100, 4000, bytes.length}) {
            StreamMasker stream = new StreamMasker(masker.index());
            for (int at = 0; at < bytes.length; at += length) {
                stream.write(bytes, at, Math.min(length, bytes.length - at));
            }
            assertThat(stream.holds()).isFalse();
            assertThat(new String(stream.takeOutput(), UTF_8)).isEqualTo(expected);
        }
    }

    @Property(tries = 300)
    void theRangeOfAnArrayIsMaskedAsIfItStoodAlone(@ForAll long seed) {
        Random random = new Random(seed);
        Masker masker = new Masker();
        masker.configure(MASK, 4);
        List<String> values = values(random, ALPHABETS[1]);
        for (String value : values) {
            masker.add("name", value);
        }
        byte[] bytes = text(random, values, ALPHABETS[1]).getBytes(UTF_8);
        int offset = random.nextInt(bytes.length + 1);
        int length = random.nextInt(bytes.length - offset + 1);
        byte[] alone = new byte[length];
        System.arraycopy(bytes, offset, alone, 0, length);

        byte[] masked = masker.mask(bytes, offset, length);
        if (masked == bytes) {
            assertThat(masker.mask(alone)).isSameAs(alone);
        } else {
            assertThat(masked).isEqualTo(masker.mask(alone));
        }
    }

    private static String streamed(Masker masker, byte[] bytes, Random random, int longestWrite) throws IOException {
        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(longestWrite), bytes.length - at);
            stream.write(bytes, at, length);
            out.write(stream.takeOutput());
            at += length;
        }
        stream.finish();
        out.write(stream.takeOutput());
        return out.toString(UTF_8);
    }

    /** Only long ones, only short ones, or both; some that share a beginning. */
    private static List<String> values(Random random, String alphabet) {
        int kind = random.nextInt(3);
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 5);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isLong = kind == 0 || (kind == 2 && random.nextBoolean());
            int length = isLong ? 16 + random.nextInt(60) : 4 + random.nextInt(12);
            String value = random(random, alphabet, length);
            if (i > 0 && random.nextInt(4) == 0) {
                String other = values.get(i - 1);
                value = other.substring(0, other.length() / 2) + value;
            }
            values.add(value);
        }
        return values;
    }

    private static String text(Random random, List<String> values, String alphabet) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(16);
        for (int i = 0; i < pieces; i++) {
            String value = values.get(random.nextInt(values.size()));
            int cut = random.nextInt(value.length());
            switch (random.nextInt(8)) {
                case 7 -> text.append(value, cut, cut + random.nextInt(value.length() - cut));
                case 0, 1 -> text.append(value);
                case 2 -> text.append(value, 0, cut);
                case 3 -> text.append(value, cut, value.length());
                case 4 -> text.append(random(random, alphabet, random.nextInt(80)));
                case 5 -> text.append(" é\n\uD83D\uDD11".repeat(random.nextInt(3)));
                default -> text.append("2026-11-05 INFO nothing to see here ".repeat(random.nextInt(120)));
            }
        }
        return text.toString();
    }

    private static String random(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
