package io.secretagent.bootstrap.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Maven has fetched to {@code target/applications}. */
final class Downloaded {
    private static final Path FOLDER = Path.of("target/applications").toAbsolutePath();

    /** Whether it is there: the large ones are not without a profile. */
    static boolean has(String name) {
        return Files.exists(FOLDER.resolve(name));
    }

    /** A single file. */
    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /** A copy of a whole server, whose one top folder becomes that. */
    static void copy(String name, Path to) throws IOException {
        try (Stream<Path> tops = Files.list(FOLDER.resolve(name))) {
            List<Path> all = tops.toList();
            Path top = all.size() == 1 ? all.get(0) : FOLDER.resolve(name);
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file : files.toList()) {
                    Path target = to.resolve(top.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                        if (target.toString().endsWith(".sh")
                                && !target.toFile().setExecutable(true)) {
                            throw new IOException(target + " cannot be made executable");
                        }
                    }
                }
            }
        }
    }

    private Downloaded() {}
}
