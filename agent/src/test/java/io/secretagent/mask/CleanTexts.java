package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that are on every machine where this is built, and some like those that servers log. */
final class CleanTexts {

    /** @param origin what to call it in a report */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(String origin, byte[] bytes) {}

    /**
     * Reads files only as they are asked for.
     *
     * @param each 1 for all of them, 2 for every second
     */
    static Stream<Text> ofThisMachine(int each) {
        Path java = Path.of(System.getProperty("java.home"));
        Path repository =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        return Stream.of(
                        files(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"), ""),
                        files(java.resolve("legal"), ""),
                        files(java.resolve("conf"), ""),
                        files(repository, ".pom"),
                        files(Path.of("/usr/share/common-licenses"), ""),
                        files(Path.of("src"), ".java"),
                        files(Path.of("target/surefire-reports"), ""))
                .flatMap(files -> IntStream.range(0, files.size())
                        .filter(i -> i % each == 0)
                        .mapToObj(i -> text(files.get(i))));
    }

    /** Other keys, tokens and identifiers of the shapes that secrets have, and a program's other output. */
    static List<Text> generated(long seed) {
        Random random = new Random(seed);
        // The payload of another token of the same issuer has pieces in common, which are masked: it is a secret
        // itself.
        RealisticSecrets others = new RealisticSecrets(~seed, "id.example.org", 1_651_234_560);
        List<Text> texts = new ArrayList<>();
        for (String other : others.some(210)) {
            texts.add(new Text("another secret", ("token=" + other + "\n").getBytes(UTF_8)));
        }
        for (int i = 0; i < 50; i++) {
            String line = "2026-11-05T12:00:0" + i % 10 + ".123Z INFO [http-nio-8080-exec-" + i + "] request "
                    + new UUID(random.nextLong(), random.nextLong()) + " etag " + others.base64(48) + "\n";
            texts.add(new Text("log line", line.getBytes(UTF_8)));
            StringWriter trace = new StringWriter();
            new IllegalStateException("order " + random.nextInt() + " failed", new IOException("connection reset"))
                    .printStackTrace(new PrintWriter(trace));
            texts.add(new Text("stack trace", trace.toString().getBytes(UTF_8)));
        }
        return texts;
    }

    private static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            // The order of a directory is the file system's, and a test reads the first ones.
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Text text(Path file) {
        try {
            // A class name is printed with dots.
            String name = file.toString().replace('/', '.') + "\n";
            byte[] content = Files.readAllBytes(file);
            byte[] bytes = new byte[name.length() + content.length];
            System.arraycopy(name.getBytes(UTF_8), 0, bytes, 0, name.length());
            System.arraycopy(content, 0, bytes, name.length(), content.length);
            return new Text(file.toString(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CleanTexts() {}
}
