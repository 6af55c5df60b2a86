package io.secretagent.bootstrap.mapping;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Mappings for the tests: written to a file and parsed, and the corpus of bad ones. */
final class MappingFiles {
    static final String CANARY = "canary-7f3a";

    /** What the variables of the tests' mappings are. */
    static final Map<String, String> ENVIRONMENT = Map.of("ENV", "prod", "EMPTY", "", "VAULT_TOKEN", CANARY);

    /**
     * One of {@code bad-mappings.txt}.
     *
     * @param onlyParser whether a JSON Schema cannot tell that it is wrong
     */
    record Bad(String name, boolean onlyParser, String yaml, List<String> lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> bad() {
        List<Bad> all = new ArrayList<>();
        for (String section : resource("bad-mappings.txt").split("(?m)^=== ", -1)) {
            if (!section.isEmpty() && !section.startsWith("#")) {
                int newline = section.indexOf('\n');
                int arrow = section.indexOf(">>>\n");
                String title = section.substring(0, newline);
                all.add(new Bad(
                        title.replace(" (parser only)", ""),
                        title.endsWith(" (parser only)"),
                        section.substring(newline + 1, arrow),
                        section.substring(arrow + 4).lines().toList()));
            }
        }
        return all;
    }

    static String resource(String name) {
        try (InputStream in = requireNonNull(MappingFiles.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mapping parse(Path folder, String yaml) throws InvalidMappingException {
        return parse(folder, yaml.getBytes(StandardCharsets.UTF_8));
    }

    static Mapping parse(Path folder, byte[] yaml) throws InvalidMappingException {
        Path file = folder.resolve("secrets.yaml");
        try {
            Files.write(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MappingParser(ENVIRONMENT).parse(file);
    }

    /** The problems' lines, with the file's name alone; none for a good mapping without warnings. */
    static List<String> lines(Path folder, String yaml) {
        List<Problem> problems;
        try {
            problems = parse(folder, yaml).warnings();
        } catch (InvalidMappingException e) {
            problems = e.problems();
        }
        return problems.stream()
                .map(problem -> problem.line().replace(folder + "/", ""))
                .toList();
    }

    private MappingFiles() {}
}
