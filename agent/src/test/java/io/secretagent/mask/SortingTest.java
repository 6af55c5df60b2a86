package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SortingTest {
    private static final int[] KINDS = {0, PatternList.TOKEN, PatternList.WIDEN};

    @Property(tries = 300)
    void sortsByBytesThatHaveNoSignAndHasEachOnce(@ForAll long seed) {
        Random random = new Random(seed);
        String alphabet = random.nextBoolean() ? "ab" : "a\0\u007f\u0080\u00ff";
        List<PatternList> parts = new ArrayList<>();
        TreeSet<String> expected = new TreeSet<>();
        for (int part = random.nextInt(4); part >= 0; part--) {
            PatternList list = new PatternList("", new byte[0]);
            for (int i = random.nextInt(40); i > 0; i--) {
                String pattern = text(random, alphabet, 1 + random.nextInt(30));
                expected.add(pattern);
                byte[] bytes = pattern.getBytes(ISO_8859_1);
                list.add(bytes, 0, bytes.length, KINDS[random.nextInt(3)]);
            }
            parts.add(list);
        }

        assertThat(texts(Sorting.sorted(parts))).containsExactlyElementsOf(expected);
    }

    @Test
    void ofTheSameBytesRatherAnywhereThanAsATokenThenWithWhatFollowsThenTheOldest() {
        PatternList token = one("canary", "token", PatternList.TOKEN);
        PatternList oldest = one("canary", "oldest", 0);
        PatternList newer = one("canary", "newer", 0);
        PatternList wide = one("canary", "wide", PatternList.WIDEN);
        PatternList widest = one("canary", "newer and wide", PatternList.WIDEN);

        assertThat(mask(token, oldest, newer)).isEqualTo("oldest");
        assertThat(mask(oldest, newer, token)).isEqualTo("oldest");
        assertThat(mask(oldest, token, wide, widest)).isEqualTo("wide");
        assertThat(mask(token, token)).isEqualTo("token");
    }

    @Test
    void longPatternsOfWhichSomeAreTheSame() {
        String text = "canary-0815 ".repeat(100_000);
        PatternList one = one(text, "one", 0);
        PatternList other = one(text + "!", "other", 0);
        PatternList shorter = one(text.substring(1), "shorter", 0);

        PatternList sorted = Sorting.sorted(List.of(one, other, shorter, one, other));

        assertThat(texts(sorted)).containsExactly(text.substring(1), text, text + "!");
    }

    private static String mask(PatternList... parts) {
        PatternList sorted = Sorting.sorted(List.of(parts));
        assertThat(sorted.size()).isOne();
        return new String(sorted.mask(0), US_ASCII);
    }

    private static PatternList one(String pattern, String mask, int kind) {
        PatternList list = new PatternList("", mask.getBytes(US_ASCII));
        byte[] bytes = pattern.getBytes(US_ASCII);
        list.add(bytes, 0, bytes.length, kind);
        return list;
    }

    private static List<String> texts(PatternList list) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(new String(list.bytes(), list.start(i), list.length(i), ISO_8859_1));
        }
        assertThat(texts).isSortedAccordingTo(Comparator.naturalOrder());
        return texts;
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
