package io.secretagent.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One pattern of a {@link PatternList}, as the oracles take it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pattern(byte[] bytes, byte[] mask, boolean token, boolean widen) {

    /** The variants of a value, each once or more. */
    static List<Pattern> variants(String value, String mask) {
        PatternList list = Variants.of(value, Fragments.of(value), mask);
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            byte[] bytes = Arrays.copyOfRange(list.bytes(), list.start(i), list.end(i));
            patterns.add(new Pattern(bytes, list.mask(i), list.isToken(i), list.isWidened(i)));
        }
        return patterns;
    }

    int length() {
        return bytes.length;
    }

    /** Nothing of the value. */
    @Override
    public String toString() {
        return "pattern";
    }
}
