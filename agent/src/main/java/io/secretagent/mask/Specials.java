package io.secretagent.mask;

/**
 * The kinds of characters that a text has, which tell the writers that escape it alike before it is escaped: of dozens
 * a common value has a few.
 */
final class Specials {
    private final StringBuilder present = new StringBuilder();
    private boolean beyond;

    Specials(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                beyond = true;
            } else if (!Ascii.isWord(c) && present.indexOf(String.valueOf(c)) < 0) {
                present.append(c);
            }
        }
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
