package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mask in the place of every value that was {@linkplain #add added}. Values stay for the life of the JVM: an old
 * version is still a secret. Reading takes no lock and, on clean text, allocates nothing. Until the first value is
 * added everything passes as it is.
 */
public final class Masker {
    private static final String NAMELESS = "***";

    /** For masks that are longer than what they stand for. */
    private static final int ROOM = 64;

    private volatile Index index = Index.EMPTY;

    /** Guards what follows: adding is rare, and never waited for by a reader. */
    private final ReentrantLock adding = new ReentrantLock();

    /** Kept as they came: a set of their variants would take half as much again as these do. */
    private final Set<String> known = new HashSet<>();

    private String replacement = NAMELESS;
    private int minimumLength = Refusal.SHORTEST;

    /**
     * Loads what adding and masking need, by doing both with a value that is nobody's. For a time of waiting: the first
     * value costs as much as the next twenty.
     */
    public static void prepare() {
        Masker masker = new Masker();
        masker.add("nobody's", "a value, \"that\" is/nobody's");
        masker.mask("a text without it");
    }

    /**
     * Sets how the values that are added from now on are masked.
     *
     * @param replacement what stands in a value's place; {@code {name}} in it becomes the value's name
     * @param minimumLength values with fewer characters are refused; below {@value Refusal#SHORTEST} it has no effect
     */
    public void configure(String replacement, int minimumLength) {
        adding.lock();
        try {
            this.replacement = replacement;
            this.minimumLength = minimumLength;
        } finally {
            adding.unlock();
        }
    }

    /**
     * Masks a value from now on.
     *
     * @return null, or why it cannot be masked: one line that names it and does not hold the value
     */
    public @Nullable String add(String name, String value) {
        if (value.isEmpty()) {
            return null;
        }
        adding.lock();
        try {
            String refusal = Refusal.of(value, minimumLength);
            if (refusal != null) {
                return name + " is not masked: " + refusal;
            }
            if (!known.add(value)) {
                return null;
            }
            String mask = mask(name, value);
            List<Pattern> patterns = Variants.of(value, mask);
            List<Pattern> texts = new ArrayList<>();
            Fragments.add(value, mask.getBytes(UTF_8), texts, patterns);
            index = index.with(patterns.toArray(new Pattern[0]), texts.toArray(new Pattern[0]));
            return null;
        } finally {
            adding.unlock();
        }
    }

    /** The text with masks; the same instance if there is nothing to mask. */
    public String mask(String text) {
        Automaton automaton = automaton();
        return Scan.mayMatch(automaton, text) ? replace(automaton, text) : text;
    }

    /** Masks the text where it is. */
    public void mask(StringBuilder text) {
        Automaton automaton = automaton();
        if (Scan.mayMatch(automaton, text)) {
            String before = text.toString();
            String after = replace(automaton, before);
            if (!after.equals(before)) {
                text.setLength(0);
                text.append(after);
            }
        }
    }

    /** The text in an encoding that has ASCII in it, with masks; the same array if there is nothing to mask. */
    public byte[] mask(byte[] text) {
        return mask(text, 0, text.length);
    }

    /** As {@link #mask(byte[])} for a range: the same array, or another one that holds only the masked range. */
    public byte[] mask(byte[] text, int offset, int length) {
        Automaton automaton = automaton();
        if (Scan.mayMatch(automaton, text, offset, length)) {
            StreamMasker masker = new StreamMasker(automaton);
            masker.expect(length + ROOM);
            masker.write(text, offset, length);
            masker.finish();
            if (masker.masked()) {
                return masker.takeOutput();
            }
        }
        return text;
    }

    Automaton automaton() {
        return index.automaton();
    }

    /** What stands for a value: never something that has the value in it, as its name could. */
    private String mask(String name, String value) {
        String mask = replacement.replace("{name}", name);
        return mask.contains(value) ? NAMELESS : mask;
    }

    private static String replace(Automaton automaton, String text) {
        StringBuilder masked = null;
        int from = 0;
        int end;
        do {
            // Half a surrogate pair has no encoding, and is in no pattern: what is around it is masked, it is kept.
            end = Scan.loneSurrogate(text, from);
            StreamMasker masker = new StreamMasker(automaton);
            byte[] bytes = text.substring(from, end).getBytes(UTF_8);
            masker.expect(bytes.length + ROOM);
            masker.write(bytes, 0, bytes.length);
            masker.finish();
            if (masker.masked()) {
                if (masked == null) {
                    masked = new StringBuilder(text.length()).append(text, 0, from);
                }
                masked.append(new String(masker.takeOutput(), UTF_8));
            } else if (masked != null) {
                masked.append(text, from, end);
            }
            if (masked != null && end < text.length()) {
                masked.append(text.charAt(end));
            }
            from = end + 1;
        } while (from < text.length());
        return masked == null ? text : masked.toString();
    }
}
