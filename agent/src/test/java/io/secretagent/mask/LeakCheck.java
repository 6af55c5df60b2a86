package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One experiment: values, a log with one of them encoded in it, and whether it can be had from the masked log. */
final class LeakCheck {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String ANY = LETTERS + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final String LATIN = LETTERS + "éßÀ÷ÿ";

    /** Half of it is too short to be told from other text. */
    private static final int SHORTEST_FOLDED = 20;

    private final Random random;
    private final Masker masker = new Masker();
    private final List<String> values = new ArrayList<>();

    private LeakCheck(long seed) {
        random = new Random(seed);
    }

    /** Fails, with the seed and the encoding only, if masking lets a value through or changes what is clean. */
    static void run(long seed) {
        LeakCheck check = new LeakCheck(seed);
        check.addValues();
        check.cleanTextIsUnchanged(seed);
        for (Encoding encoding : Encoding.values()) {
            check.nothingLeaks(encoding, seed);
        }
    }

    private void addValues() {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String value =
                    text(12, 48, i == 0 ? ANY : List.of(LETTERS, ANY, LATIN).get(random.nextInt(3)));
            assertThat(masker.add("value-" + i, value)).isNull();
            values.add(value);
        }
    }

    private void nothingLeaks(Encoding encoding, long seed) {
        String value = values.get(random.nextInt(values.size()));
        if (encoding.isFolded() && value.length() < SHORTEST_FOLDED) {
            return;
        }
        String around = encoding == Encoding.LATIN_1 ? LETTERS : LATIN + " :@\n";
        byte[] log = encoding.encode(text(0, 90, around) + value + text(0, 90, around));
        String as = encoding + " of seed " + seed;
        assertThat(Decoding.finds(value, log)).as("the oracle reads %s", as).isTrue();

        byte[] masked = masker.mask(log);

        assertThat(Decoding.finds(value, masked)).as("leak by %s", as).isFalse();
        assertThat(streamed(log)).as("any split of %s", as).isEqualTo(masked);
    }

    private void cleanTextIsUnchanged(long seed) {
        byte[] clean = anyEncoding().encode(text(0, 500, ANY + " \n"));

        assertThat(masker.mask(clean)).as("clean text of seed %s", seed).isSameAs(clean);
        assertThat(masker.mask(new String(clean, UTF_8)))
                .as("clean text of seed %s", seed)
                .isEqualTo(new String(clean, UTF_8));
        assertThat(streamed(clean)).as("clean text of seed %s", seed).isEqualTo(clean);
    }

    private Encoding anyEncoding() {
        List<Encoding> encodings = List.of(Encoding.values());
        return encodings.get(random.nextInt(encodings.size()));
    }

    private byte[] streamed(byte[] log) {
        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < log.length; ) {
            int length = Math.min(1 + random.nextInt(9), log.length - at);
            stream.write(log, at, length);
            out.writeBytes(stream.takeOutput());
            at += length;
        }
        stream.finish();
        out.writeBytes(stream.takeOutput());
        return out.toByteArray();
    }

    private String text(int shortest, int longest, String characters) {
        int length = shortest + random.nextInt(longest - shortest + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
