package io.secretagent.bootstrap.backend.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files that are where one is missing. Their names are no secrets. */
final class Neighbours {
    private static final int MAX_READ = 1000;
    private static final int MAX_SHOWN = 10;

    /** What to do about the missing file. */
    static String mend(Path root, Path relative) {
        Path folder = root;
        Path asked = root;
        for (Path segment : relative) {
            folder = asked;
            asked = folder.resolve(segment);
            if (!Files.isDirectory(asked)) {
                break;
            }
        }
        Set<String> names = names(root, folder);
        if (names.isEmpty()) {
            return "create it: its folder is empty or cannot be listed";
        }
        String wanted = root.relativize(asked).toString();
        String close = closest(wanted, names);
        return close == null ? "there are: " + shown(names) : "did you mean " + close + "?";
    }

    /** As they would be written in the mapping. */
    private static Set<String> names(Path root, Path folder) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                // ..data and its like are how Kubernetes keeps house.
                if (!file.getFileName().toString().startsWith("..")) {
                    names.add(root.relativize(file).toString());
                }
                if (names.size() == MAX_READ) {
                    break;
                }
            }
        } catch (IOException e) {
            // The names only make the message better.
        }
        return names;
    }

    private static String shown(Set<String> names) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (String name : names) {
            if (count == MAX_SHOWN) {
                return shown.append(" and ")
                        .append(names.size() - count)
                        .append(" more")
                        .toString();
            }
            shown.append(count++ == 0 ? "" : ", ").append(name);
        }
        return shown.toString();
    }

    private static @Nullable String closest(String wanted, Set<String> names) {
        String closest = null;
        int least = 1 + Math.max(2, wanted.length() / 3);
        for (String name : names) {
            int distance = distance(plain(wanted), plain(name));
            if (distance < least) {
                least = distance;
                closest = name;
            }
        }
        return closest;
    }

    /** DB_PASSWORD, db-password and db.password are one name to whoever mixes them up. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }

    /** Levenshtein's: how many characters must be put in, taken out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private Neighbours() {}
}
