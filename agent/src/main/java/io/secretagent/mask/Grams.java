package io.secretagent.mask;

/**
 * A set of grams, which are some bytes in a row: a Bloom filter that has a gram's two bits in one word. Immutable. Of grams
 * that are not in it, one of some hundreds looks as if it were.
 */
class Grams {
    /** How many there are in a word at the most, on average, with those that are the same counted twice. */
    private static final int IN_A_WORD = 3;

    private static final int LONGEST_BEGINNING = 4;

    /** Of another length than those of {@link Samples}: what is like one of these by chance is then not like both. */
    private static final int PIECE = 5;

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final int length;
    /** Leaves no trace of the bytes behind the gram. */
    private final long spread;

    private final long[] words;
    private final int shift;

    /**
     * Makes a set.
     *
     * @param length of a gram, no more than a load
     * @param all the grams, the first byte lowest
     * @param count how many of these there are
     */
    Grams(int length, long[] all, int count) {
        this.length = length;
        spread = SPREAD << (8 * (Bytes.LOAD - length));
        shift = Long.numberOfLeadingZeros((count / IN_A_WORD) | 1);
        words = new long[1 << (Long.SIZE - shift)];
        for (int i = 0; i < count; i++) {
            long hash = all[i] * spread;
            words[(int) (hash >>> shift)] |= (1L << (hash >>> 34)) | (1L << (hash >>> 40));
        }
    }

    /** What patterns begin with: a set for each length, up to that of the shortest pattern if this is short. */
    static Grams[] beginnings(int shortest, PatternList patterns, PatternList characters) {
        Grams[] beginnings = new Grams[Math.min(shortest, LONGEST_BEGINNING)];
        long[] all = new long[patterns.size() + characters.size()];
        int count = 0;
        for (PatternList list : new PatternList[] {patterns, characters}) {
            for (int i = 0; i < list.size(); i++) {
                long gram = Bytes.assembled(list.bytes(), list.start(i), beginnings.length);
                // In most neighbours these are the same.
                if (count == 0 || all[count - 1] != gram) {
                    all[count++] = gram;
                }
            }
        }
        for (int i = 0; i < beginnings.length; i++) {
            beginnings[i] = new Grams(i + 1, all, count);
        }
        return beginnings;
    }

    /** What the pieces of texts begin with. */
    static Grams pieces(PatternList texts) {
        long[] all = new long[texts.length()];
        return new Grams(PIECE, all, read(PIECE, texts, all, 0));
    }

    /** Puts all grams of the range into an array; byte by byte, which takes less while the JVM still interprets. */
    static int read(int length, byte[] bytes, int from, int to, long[] grams, int count) {
        int read = count;
        int shift = 8 * (length - 1);
        long gram = 0;
        for (int at = from; at < to; at++) {
            gram = gram >>> 8 | (bytes[at] & 0xffL) << shift;
            if (at - from >= length - 1) {
                grams[read++] = gram;
            }
        }
        return read;
    }

    /** As {@link #read(int, byte[], int, int, long[], int)} for each text of a list. */
    static int read(int length, PatternList texts, long[] grams, int count) {
        int read = count;
        for (int i = 0; i < texts.size(); i++) {
            read = read(length, texts.bytes(), texts.start(i), texts.end(i), grams, read);
        }
        return read;
    }

    final int length() {
        return length;
    }

    /** Whether the gram there may be in the set; it has to be in the array. */
    final boolean mayHave(byte[] text, int at) {
        return (look(Bytes.load(text, at, length)) & 1) != 0;
    }

    /** Whether one of those that begin in a range may be. */
    final boolean mayHaveAny(byte[] text, int from, int to) {
        long any = 0;
        for (int at = from; at < to; at++) {
            any |= look(Bytes.load(text, at, length));
        }
        return (any & 1) != 0;
    }

    /** Whether the gram that a load begins with may be in the set: the last bit tells. */
    final long look(long loaded) {
        long hash = loaded * spread;
        long word = words[(int) (hash >>> shift)];
        return (word >>> (hash >>> 34)) & (word >>> (hash >>> 40));
    }
}
