package io.secretagent.bootstrap.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of an audit, with those that were put aside when they were full. */
public final class AuditFiles {
    /** What stands behind the name of a file that was put aside. */
    private static final Pattern ASIDE = Pattern.compile("\\.\\d{8}T\\d{6}\\.\\d{3}-\\d+-\\d+");

    private final List<Path> files = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param named each is taken with what was put aside from it, the oldest first
     */
    public static AuditFiles of(List<Path> named) throws IOException {
        AuditFiles found = new AuditFiles();
        Set<Path> known = new HashSet<>();
        for (Path file : named) {
            for (Path part : parts(file)) {
                if (known.add(part.toRealPath())) {
                    found.files.add(part);
                }
            }
        }
        return found;
    }

    private AuditFiles() {}

    /** All of them. */
    public List<Path> paths() {
        return files;
    }

    /** Reads them line by line. */
    public void read(Consumer<AuditedLine> reader) throws IOException {
        for (Path file : files) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                long number = 1;
                for (int b = in.read(); b >= 0; b = in.read()) {
                    if (b != '\n') {
                        line.write(b);
                        continue;
                    }
                    take(file, number++, line, reader);
                }
                take(file, number, line, reader);
            }
        }
    }

    private static void take(Path file, long number, ByteArrayOutputStream line, Consumer<AuditedLine> reader) {
        if (line.size() > 0) {
            reader.accept(AuditedLine.of(file, number, line.toByteArray()));
            line.reset();
        }
    }

    private static List<Path> parts(Path file) throws IOException {
        List<Path> parts = new ArrayList<>();
        Path folder = file.toAbsolutePath().getParent();
        String name = String.valueOf(file.getFileName());
        try (Stream<Path> all = Files.list(folder == null ? file : folder)) {
            all.map(path -> String.valueOf(path.getFileName()))
                    .filter(other -> other.startsWith(name)
                            && ASIDE.matcher(other.substring(name.length())).matches())
                    .sorted()
                    .forEach(other -> parts.add(file.resolveSibling(other)));
        }
        parts.add(file);
        return parts;
    }
}
