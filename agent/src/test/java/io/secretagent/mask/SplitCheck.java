package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One experiment: values that overlap, nest and repeat themselves in a text, every way of masking it, and random splits
 * and pauses. Says what must hold without a look at how a value is found: the ways agree, no value is left, and what is
 * of no value is left as it was.
 */
final class SplitCheck {
    /** Characters that are in no value, so that each of them must come out. */
    private static final String FOREIGN = "0123456789|密";

    private static final String[] ALPHABETS = {
        "ab", "ab-", "abcdefghijklmnopqrstuvwxyz", "$\\.*[]()^?+{}'\"`&<>%=/:@a", "aé€ß\uD83D", "a b\n\t"
    };
    private static final String[] KNOWN = {
        "aab-secret",
        "aab-secret-aab-secret-too",
        "-secret-aab",
        "$a$b$&\\Q\\E${x}",
        "-----BEGIN KEY-----\naab-secret-line\n\taab-secret-line-b\n-----END KEY-----\n",
        "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11 clef"
    };

    private static final String MASK = "~";
    /** Fewer bytes of a value may be seen after a pause. */
    private static final int TELLING = 8;

    private final Random random;
    private final List<String> values = new ArrayList<>();
    private final Masker masker = new Masker();

    private SplitCheck(long seed) {
        random = new Random(seed);
        masker.configure(MASK, 4);
        int count = 1 + random.nextInt(5);
        while (values.size() < count) {
            String value = value();
            if (masker.add("value", value) == null) {
                values.add(value);
            }
        }
    }

    /** Fails with the seed only, if a way of masking lets a value through, or changes what is of none. */
    static void run(long seed) {
        SplitCheck check = new SplitCheck(seed);
        check.allWaysAgree("seed " + seed);
        check.pausesShowFewBytes("seed " + seed);
        check.valuesAddedWhileWriting("seed " + seed);
    }

    private void allWaysAgree(String seed) {
        String text = text(true);
        byte[] bytes = text.getBytes(UTF_8);

        byte[] masked = masker.mask(bytes);
        StringBuilder builder = new StringBuilder(text);
        masker.mask(builder);

        assertThat(masker.mask(text).getBytes(UTF_8)).as("string, %s", seed).isEqualTo(masked);
        assertThat(builder.toString().getBytes(UTF_8)).as("builder, %s", seed).isEqualTo(masked);
        for (int i = 0; i < 4; i++) {
            assertThat(streamed(bytes, 1 + random.nextInt(1 << (2 * i + 1)), false))
                    .as("stream, %s", seed)
                    .isEqualTo(masked);
        }
        noValueIsLeft(new String(masked, UTF_8), seed);
        assertThat(foreign(new String(masked, UTF_8))).as("the rest, %s", seed).isEqualTo(foreign(text));
    }

    private void pausesShowFewBytes(String seed) {
        String text = text(false);

        byte[] written = streamed(text.getBytes(UTF_8), 1 + random.nextInt(12), true);
        String masked = new String(written, UTF_8);

        // Of several values one can look like the beginning of another.
        if (values.size() == 1 && isMaskedWithinWords(values.get(0))) {
            noValueIsLeft(masked, seed);
            // By bytes: a pause may come within a character.
            String value = latin1(values.get(0).strip().getBytes(UTF_8));
            if (value.length() >= 2 * TELLING) {
                assertThat(latin1(written).contains(value.substring(0, TELLING)))
                        .as("a beginning, %s", seed)
                        .isFalse();
            }
        }
        assertThat(foreign(masked)).as("the rest, %s", seed).isEqualTo(foreign(text));
    }

    private void valuesAddedWhileWriting(String seed) {
        StreamMasker stream = new StreamMasker(masker.index());
        byte[] before = text(true).getBytes(UTF_8);
        stream.write(before, 0, before.length);
        String added = "x" + value() + "added";
        if (masker.add("added", added) == null) {
            stream.use(masker.index());
            byte[] after = ("|" + added + "|").getBytes(UTF_8);
            stream.write(after, 0, after.length);
            stream.finish();

            assertThat(new String(stream.takeOutput(), UTF_8).contains("|" + added + "|"))
                    .as("added while writing, %s", seed)
                    .isFalse();
        }
    }

    private void noValueIsLeft(String masked, String seed) {
        for (String value : values) {
            if (isMaskedWithinWords(value)) {
                assertThat(masked.contains(value.strip()))
                        .as("a value, %s", seed)
                        .isFalse();
            }
        }
    }

    private static boolean isMaskedWithinWords(String value) {
        String core = value.strip();
        return core.codePointCount(0, core.length()) >= Variants.SHORTEST_WITHIN_A_WORD;
    }

    private byte[] streamed(byte[] bytes, int longestWrite, boolean pauses) {
        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(longestWrite), bytes.length - at);
            stream.write(bytes, at, length);
            at += length;
            if (pauses && random.nextInt(3) == 0) {
                stream.pause();
            }
            out.writeBytes(stream.takeOutput());
        }
        stream.finish();
        out.writeBytes(stream.takeOutput());
        return out.toByteArray();
    }

    /** One that stands alone, or is made of one before: in front of it, behind it, in it, or the same twice over. */
    private String value() {
        if (random.nextInt(4) == 0) {
            return KNOWN[random.nextInt(KNOWN.length)];
        }
        String alone = characters(ALPHABETS[random.nextInt(ALPHABETS.length)], 4 + random.nextInt(40));
        if (values.isEmpty()) {
            return alone;
        }
        String other = values.get(random.nextInt(values.size()));
        int cut = other.offsetByCodePoints(0, random.nextInt(other.codePointCount(0, other.length())));
        return switch (random.nextInt(5)) {
            case 0 -> other.substring(cut) + alone;
            case 1 -> alone + other.substring(0, cut);
            case 2 -> other.substring(0, cut) + alone;
            case 3 -> other.length() > 60 ? alone : other + other;
            default -> alone;
        };
    }

    private String text(boolean withPieces) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(14);
        for (int i = 0; i < pieces; i++) {
            String value = values.get(random.nextInt(values.size()));
            int cut = value.offsetByCodePoints(0, random.nextInt(value.codePointCount(0, value.length())));
            switch (random.nextInt(withPieces ? 6 : 4)) {
                case 0, 1 -> text.append(value);
                case 2 -> text.append(characters(FOREIGN, random.nextInt(12)));
                case 3 -> text.append(characters(FOREIGN, 1).repeat(random.nextInt(200)));
                case 4 -> text.append(value, 0, cut);
                default -> text.append(value, cut, value.length());
            }
        }
        return text.toString();
    }

    /** Whole characters only: half a surrogate pair cannot be written to a stream. */
    private String characters(String alphabet, int count) {
        int[] all = alphabet.replace("\uD83D", "\uD83D\uDD11").codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(all[random.nextInt(all.length)]);
        }
        return text.toString();
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static String foreign(String text) {
        StringBuilder foreign = new StringBuilder();
        text.chars().filter(c -> FOREIGN.indexOf(c) >= 0).forEach(c -> foreign.append((char) c));
        return foreign.toString();
    }
}
