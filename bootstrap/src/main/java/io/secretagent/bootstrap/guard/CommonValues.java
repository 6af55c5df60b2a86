package io.secretagent.bootstrap.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The passwords that everybody tries first. Compared by fingerprint: no value is looked up in a table as it is. */
final class CommonValues {
    static final String RESOURCE = "common-values.txt";
    /** No word of the list is longer, so a long value needs no look at it. */
    static final int LONGEST = 24;

    private final Fingerprints fingerprints;
    private final Set<String> common = new HashSet<>();

    CommonValues(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
        try (InputStream in = CommonValues.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                common.add(fingerprints.of(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is one of them, whatever its case and the digits and signs behind it. */
    boolean has(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return isListed(lower) || isListed(word(lower));
    }

    private boolean isListed(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && common.contains(fingerprints.of(text));
    }

    private static String word(String text) {
        int end = text.length();
        while (end > 0 && !Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
