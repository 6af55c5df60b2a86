package io.secretagent.bootstrap.mapping;

/** What of a name a line may show: names do help, but somebody may have put a value in a name's place. */
public final class Shown {
    private static final int LONGEST = 120;

    /** The name, or that it is not shown: it looks like a value, or could forge a line. */
    public static String name(String text) {
        boolean name = !text.isEmpty()
                && text.length() <= LONGEST
                && isPlain(text)
                && !PastedSecrets.mayHold(text)
                && !Randomness.looksRandom(text);
        return name ? text : "(not shown)";
    }

    /** No control or format character: the line goes to a terminal and to logs. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && (c > '~' || c < ' ')) {
                return false;
            }
        }
        return true;
    }

    private Shown() {}
}
