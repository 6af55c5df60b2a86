package io.secretagent.bootstrap.mapping;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The mend for an unknown word: the known one that was probably meant, or those that there are. */
public final class Suggestions {
    private static final int MOST = 20;

    /** What to say to whoever wrote a word that is not among the known ones. */
    public static String mend(String given, Collection<String> known) {
        String nearest = nearest(given, known);
        return nearest != null ? "did you mean " + Shown.name(nearest) + "?" : "there are: " + list(known);
    }

    private static String list(Collection<String> known) {
        StringBuilder list = new StringBuilder();
        int listed = 0;
        for (String word : known) {
            if (listed == MOST) {
                return list + " and " + (known.size() - MOST) + " more";
            }
            // The words can be the user's, or a store's.
            list.append(listed == 0 ? "" : ", ").append(Shown.name(word));
            listed++;
        }
        return listed == 0 ? "none" : list.toString();
    }

    static @Nullable String nearest(String given, Collection<String> known) {
        String wanted = plain(given);
        // Above that nothing is a slip of the finger, and the table below grows with the square.
        if (wanted.length() < 3 || wanted.length() > 60) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, wanted.length() / 3) + 1;
        for (String word : known) {
            String candidate = plain(word);
            int distance = distance(wanted, candidate);
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return nearest != null ? nearest : beginning(wanted, known);
    }

    /** {@code aws} for {@code aws-secrets-manager}. */
    private static @Nullable String beginning(String wanted, Collection<String> known) {
        for (String word : known) {
            String candidate = plain(word);
            if (wanted.length() >= 3 && (candidate.startsWith(wanted) || wanted.startsWith(candidate))) {
                return word;
            }
        }
        return null;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
                best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[a.length()][b.length()];
    }

    private Suggestions() {}
}
