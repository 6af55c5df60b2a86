package io.secretagent.channel;

/** A line of ours stays one and steers no terminal, whatever the names of files, links and secrets in it are made of. */
public final class OneLine {

    /** The text with a question mark for each character that is not shown, such as a line's end or an escape. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            line.appendCodePoint(isShown(character) ? character : '?');
        }
        return line.toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private OneLine() {}
}
