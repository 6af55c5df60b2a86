package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A text that is to be escaped: runs of letters and digits, which all writers leave as they are, and places with other
 * characters between them. Which of these it has tells the writers that escape it alike before it is escaped: of dozens a
 * common value has a few.
 */
final class Text {
    private final String string;
    private final byte[] bytes;
    /** The characters at the places, where these begin and end, and the set that has just that character. */
    private int[] characters = new int[16];

    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private long[] members = new long[16];
    private int count;
    private long present;
    private boolean beyond;

    Text(String text) {
        string = text;
        bytes = text.getBytes(UTF_8);
        int end = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            int start = end++;
            if (Ascii.isWord(c)) {
                continue;
            }
            if (c >= 0x80) {
                c = text.codePointAt(i);
                i += Character.charCount(c) - 1;
                // Half a pair has no bytes of its own: it becomes a question mark.
                boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                end = start + (half ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
            }
            add(c, start, end);
        }
    }

    private void add(int c, int start, int end) {
        if (count == characters.length) {
            characters = Arrays.copyOf(characters, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            members = Arrays.copyOf(members, 2 * count);
        }
        characters[count] = c;
        starts[count] = start;
        ends[count] = end;
        members[count] = isOther(c) ? 0 : member(c);
        present |= members[count];
        beyond |= members[count] == 0;
        count++;
    }

    /** A set of printable characters of ASCII that are no letters or digits. */
    static long set(String characters) {
        long set = 0;
        for (int i = 0; i < characters.length(); i++) {
            set |= member(characters.charAt(i));
        }
        return set;
    }

    /** There are 33 of them. */
    private static long member(int c) {
        if (c < '0') {
            return 1L << (c - ' ');
        }
        return 1L << (c < 'A' ? c - ':' + 16 : c < 'a' ? c - '[' + 23 : c - '{' + 29);
    }

    /** Whether it is a control character or not of ASCII. */
    static boolean isOther(int c) {
        return c < ' ' || c > '~';
    }

    /** Whether the text is of letters and digits only. */
    boolean isPlain() {
        return count == 0;
    }

    /** Whether some are control characters or not of ASCII. */
    boolean beyond() {
        return beyond;
    }

    /** Those of a set that the text has. */
    long among(long set) {
        return present & set;
    }

    /** Whether the text has others of that set than of each one before it. */
    boolean isFirst(long[] sets, int number) {
        for (int i = 0; i < number; i++) {
            if (among(sets[i]) == among(sets[number])) {
                return false;
            }
        }
        return true;
    }

    String string() {
        return string;
    }

    /** In UTF-8. */
    byte[] bytes() {
        return bytes;
    }

    int places() {
        return count;
    }

    int character(int place) {
        return characters[place];
    }

    int start(int place) {
        return starts[place];
    }

    int end(int place) {
        return ends[place];
    }

    boolean isIn(int place, long set) {
        return (members[place] & set) != 0;
    }

    /** Writes what is between the place and the one in front of it; all of it at once takes a tenth of the time. */
    void putRun(int place, PatternList to) {
        int from = place == 0 ? 0 : ends[place - 1];
        to.put(bytes, from, place == count ? bytes.length : starts[place]);
    }

    /** Writes what is at the place. */
    void putItself(int place, PatternList to) {
        to.put(bytes, starts[place], ends[place]);
    }

    /** Writes what is behind the last place, and ends the pattern. */
    void finish(PatternList to) {
        putRun(count, to);
        to.finish();
    }
}
