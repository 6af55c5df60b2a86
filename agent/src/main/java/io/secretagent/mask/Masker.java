package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    /** None until the first one is added. */
    private volatile @Nullable Values values;

    private final Told told = new Told();

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

    /** Tells this listener whenever a mask is needed for one of the values that are added from now on. */
    public void tell(MaskListener listener) {
        told.listen(listener);
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
            List<String> parts = Fragments.of(value);
            PatternList patterns = Variants.of(value, parts, mask);
            PatternList texts = new PatternList(value, mask.getBytes(UTF_8));
            Fragments.add(parts, texts, patterns);
            told.know(patterns, name);
            told.know(texts, name);
            values = Values.with(values, patterns.trimmed(), texts.trimmed());
            return null;
        } finally {
            adding.unlock();
        }
    }

    /** The text with masks; the same instance if there is nothing to mask. */
    public String mask(String text) {
        Index index = index();
        return Scan.mayMatch(index, text) ? replace(index, text, told) : text;
    }

    /** As {@link #mask(String)}, and tells nobody: for what is told itself. */
    public String maskQuietly(String text) {
        Index index = index();
        return Scan.mayMatch(index, text) ? replace(index, text, null) : text;
    }

    /** Masks the text where it is. */
    public void mask(StringBuilder text) {
        Index index = index();
        if (Scan.mayMatch(index, text)) {
            String before = text.toString();
            String after = replace(index, before, told);
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
        return mask(index(), text, offset, length, told);
    }

    /** Tells of masks that a stream has put. */
    void tell(byte @Nullable [][] masks, MaskingStream stream) {
        told.tell(masks, stream);
    }

    Index index() {
        Values current = values;
        return current instanceof Index index ? index : index(current);
    }

    /** Two threads may both make it: they make the same, and neither waits, nor for who adds a value. */
    private Index index(@Nullable Values current) {
        Index made = Values.index(current);
        if (adding.tryLock()) {
            try {
                if (values == current) {
                    values = made;
                }
            } finally {
                adding.unlock();
            }
        }
        return made;
    }

    private static byte[] mask(Index index, byte[] text, int offset, int length, @Nullable Told told) {
        int first = Scan.find(index, text, offset, offset + length);
        return first < offset + length ? StreamMasker.mask(index, text, offset, length, first, told) : text;
    }

    /** What stands for a value: never something that has the value in it, as its name could. */
    private String mask(String name, String value) {
        String mask = replacement.replace("{name}", name);
        return mask.contains(value) ? NAMELESS : mask;
    }

    private static String replace(Index index, String text, @Nullable Told told) {
        StringBuilder masked = null;
        int from = 0;
        int end;
        do {
            // Half a surrogate pair has no encoding, and is in no pattern: what is around it is masked, it is kept.
            end = Scan.loneSurrogate(text, from);
            byte[] bytes = text.substring(from, end).getBytes(UTF_8);
            byte[] replaced = mask(index, bytes, 0, bytes.length, told);
            if (replaced != bytes) {
                if (masked == null) {
                    masked = new StringBuilder(text.length()).append(text, 0, from);
                }
                masked.append(new String(replaced, UTF_8));
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
