package io.secretagent.mask;

import java.util.Arrays;

/**
 * The kinds of characters that a text has, which tell the writers that escape it alike before it is escaped: of dozens
 * a common value has a few.
 */
final class Specials {
    private final StringBuilder present = new StringBuilder();
    private final int[] places;
    private boolean beyond;

    Specials(String text) {
        int[] found = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Ascii.isWord(c)) {
                continue;
            }
            found[count++] = i;
            if (c < ' ' || c > '~') {
                beyond = true;
            } else if (present.indexOf(String.valueOf(c)) < 0) {
                present.append(c);
            }
        }
        places = Arrays.copyOf(found, count);
    }

    /**
     * Where in the text there is no letter or digit, in order. What is between is the same for every writer, and is copied
     * as a whole: character by character it takes most of the time while the JVM still interprets.
     */
    int[] places() {
        return places;
    }

    /** Whether the text is of letters and digits only. */
    boolean isEmpty() {
        return present.isEmpty() && !beyond;
    }

    /** Whether some are control characters or not of ASCII. */
    boolean beyond() {
        return beyond;
    }

    /** Those of the given characters that the text has. */
    String among(String characters) {
        StringBuilder among = new StringBuilder();
        for (int i = 0; i < present.length(); i++) {
            if (characters.indexOf(present.charAt(i)) >= 0) {
                among.append(present.charAt(i));
            }
        }
        return among.toString();
    }
}
