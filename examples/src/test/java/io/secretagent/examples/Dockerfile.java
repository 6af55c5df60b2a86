package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The last stage of a Dockerfile: what it copies and runs, its user and its entry point. What it cannot carry out it refuses. */
record Dockerfile(List<Copy> copies, List<Run> runs, String user, List<String> entrypoint) {

    /** A file or folder of the build stage or of the sources, both below {@code source}, and where the image has it. */
    record Copy(String source, String target, String mode) {}

    /** A command in exec form, after all copies. */
    record Run(String user, List<String> command) {}

    static Dockerfile parse(Path file) throws IOException {
        List<String> lines = Files.readString(file, UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        int stage = lines.lastIndexOf(lines.stream()
                .filter(line -> line.startsWith("FROM "))
                .reduce((first, second) -> second)
                .orElseThrow());
        List<Copy> copies = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        String user = "0:0";
        List<String> entrypoint = List.of();
        for (String line : lines.subList(stage + 1, lines.size())) {
            String arguments = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(' '))) {
                case "COPY" -> copies.add(copy(arguments));
                case "RUN" -> runs.add(new Run(user, strings(arguments)));
                case "USER" -> user = arguments;
                case "ENTRYPOINT" -> entrypoint = strings(arguments);
                case "EXPOSE" -> {
                    // Documentation.
                }
                default -> throw new IOException("this test cannot carry out: " + line);
            }
        }
        return new Dockerfile(copies, runs, user, entrypoint);
    }

    /** Copies into a folder what the image would have. */
    void layOut(Path sources, Path root) throws IOException {
        for (Copy copy : copies) {
            Path source = sources.resolve(copy.source());
            Path target = root.resolve(copy.target().substring(1));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            try (var files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path copied = target.resolve(source.relativize(file).toString());
                    Files.copy(file, source.equals(file) ? target : copied);
                }
            }
            if (!copy.mode().isEmpty()) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(symbolic(copy.mode())));
            }
        }
    }

    private static Copy copy(String arguments) throws IOException {
        String mode = "";
        List<String> paths = new ArrayList<>();
        for (String argument : arguments.split(" ", -1)) {
            if (argument.startsWith("--chmod=")) {
                mode = argument.substring("--chmod=".length());
            } else if (!argument.equals("--from=build") && !argument.equals("--chown=0:0")) {
                paths.add(argument);
            }
        }
        if (paths.size() != 2) {
            throw new IOException("this test cannot carry out: COPY " + arguments);
        }
        return new Copy(paths.get(0).replaceFirst("^/src/", ""), paths.get(1), mode);
    }

    @SuppressWarnings("unchecked") // A list of strings, by Docker's grammar.
    private static List<String> strings(String json) {
        byte[] object = ("{\"list\": " + json + "}").getBytes(UTF_8);
        return (List<String>) Objects.requireNonNull(
                Objects.requireNonNull(Json.object(object), "exec form").get("list"));
    }

    private static String symbolic(String octal) {
        int bits = Integer.parseInt(octal, 8);
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((bits >> bit & 1) == 0 ? '-' : "rwx".charAt((8 - bit) % 3));
        }
        return text.toString();
    }
}
