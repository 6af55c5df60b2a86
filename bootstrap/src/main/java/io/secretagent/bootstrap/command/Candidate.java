package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The new value, from wherever it comes; never from the command line, which every user of the machine can read. */
final class Candidate {
    private static final int USAGE = 64;
    private static final int FEWEST = 12;
    private static final int MOST = 4096;
    private static final int LARGEST_INPUT = 1 << 20;

    /**
     * Draws one.
     *
     * @param length in characters
     * @param alphabet each character as likely as any other
     */
    static String generated(int length, String alphabet) throws Change.Declined {
        if (length < FEWEST || length > MOST) {
            throw new Change.Declined(USAGE, "--generate takes a length from " + FEWEST + " to " + MOST);
        }
        SecureRandom random = new SecureRandom();
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                .collect(Collectors.joining());
    }

    /** All of standard input, without the newline that an editor or {@code echo} puts at its end. */
    static String ofStdin() throws Change.Declined {
        byte[] bytes;
        try {
            bytes = System.in.readNBytes(LARGEST_INPUT + 1);
        } catch (IOException e) {
            throw new Change.Declined(USAGE, "standard input could not be read");
        }
        if (bytes.length > LARGEST_INPUT) {
            throw new Change.Declined(USAGE, "standard input has more than the 1 MiB that a secret may have");
        }
        String text = new String(bytes, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), bytes)) {
            throw new Change.Declined(USAGE, "standard input is not UTF-8 text");
        }
        return given(text.replaceFirst("\r?\n\\z", ""));
    }

    /** Typed twice by a person, unseen. */
    static String typed(String name) throws Change.Declined {
        Prompt prompt = Prompt.atTerminal();
        if (prompt == null) {
            throw new Change.Declined(USAGE, "there is no terminal to ask at: use --generate LENGTH or --stdin");
        }
        List<String> typed;
        try {
            typed = prompt.ask("New value of " + Columns.printable(name) + ": ", "Once more: ");
        } catch (IOException e) {
            throw new Change.Declined(USAGE, "the terminal could not be read: use --generate LENGTH or --stdin");
        }
        if (!typed.get(0).equals(typed.get(1))) {
            throw new Change.Declined(USAGE, "the two are not the same; nothing was stored");
        }
        return given(typed.get(0));
    }

    private static String given(String value) throws Change.Declined {
        if (value.isEmpty()) {
            throw new Change.Declined(USAGE, "the new value is empty; nothing was stored");
        }
        return value;
    }

    private Candidate() {}
}
