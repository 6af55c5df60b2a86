package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.mapping.Suggestions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The files that are where one is missing. Their names are no secrets. */
final class Neighbours {
    private static final int MAX_READ = 1000;

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
        return Suggestions.mend(wanted, names);
    }

    /** As they would be written in the mapping. */
    private static Set<String> names(Path root, Path folder) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Lister.isSecret(file.getFileName().toString())) {
                    names.add(root.relativize(file).toString());
                }
                if (names.size() == MAX_READ) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The names only make the message better.
        }
        return names;
    }

    private Neighbours() {}
}
