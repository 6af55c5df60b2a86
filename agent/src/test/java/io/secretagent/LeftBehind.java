package io.secretagent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks for the tests' secrets in what a build leaves behind: the reports of the tests and every other file they wrote
 * to {@code target}. The secrets of the tests have {@code canary-} in them, as they are or in capitals. The build runs
 * this by its source, as the last thing of each module.
 */
final class LeftBehind {
    private static final String CANARY = "canary-";

    /** What the compiler and the packaging write: it has the tests' own sources in it. */
    private static final List<String> OF_THE_BUILD = List.of(
            "classes", "test-classes", "generated-sources", "generated-test-sources", "maven-status", "spotless-index");

    private static final List<String> ARCHIVES = List.of(".jar", ".tar.gz", ".zip", ".jsa");

    /**
     * Fails if a secret is found, with the names of the files only.
     *
     * @param args the folder to search, a module's {@code target}
     */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        List<Path> files = files(target);
        List<Path> leaks = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            bytes += content.length;
            if (hasCanary(content)) {
                leaks.add(file);
            }
        }
        System.out.println("Searched " + files.size() + " files of " + target + " for the tests' secrets, " + bytes
                + " bytes, " + files.stream().filter(LeftBehind::isReport).count() + " of them test reports");
        if (!leaks.isEmpty()) {
            throw new IllegalStateException("a test's secret is in " + leaks);
        }
    }

    /** Whether one is there as it is, or in base64, hexadecimal or UTF-16. */
    static boolean hasCanary(byte[] content) {
        String text = new String(content, ISO_8859_1);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains(CANARY)
                || lower.contains(HexFormat.of().formatHex(CANARY.getBytes(ISO_8859_1)))
                || lower.contains(new String(CANARY.getBytes(UTF_16LE), ISO_8859_1))) {
            return true;
        }
        for (String before : new String[] {"", "x", "xx"}) {
            String encoded = Base64.getEncoder().encodeToString((before + CANARY + "xx").getBytes(ISO_8859_1));
            // Only the characters that have bits of nothing else.
            int from = (before.length() * 8 + 5) / 6;
            int to = (before.length() + CANARY.length()) * 8 / 6;
            if (text.contains(encoded.substring(from, to))) {
                return true;
            }
        }
        return false;
    }

    static List<Path> files(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !OF_THE_BUILD.contains(
                            target.relativize(file).getName(0).toString()))
                    .filter(file -> ARCHIVES.stream().noneMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isReport(Path file) {
        return file.toString().contains("-reports");
    }

    private LeftBehind() {}
}
