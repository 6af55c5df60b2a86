package io.secretagent.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the steps of CONTRIBUTING name is there: classes, files, and the words within files. */
class ContributingTest {
    private static final Page PAGE = Page.read(Page.ROOT.resolve(".github/CONTRIBUTING.md"));

    @Test
    void everyClassThatItNamesIsThere() throws IOException {
        Set<String> declared = declared();
        List<String> named = PAGE.spans().stream()
                .filter(span -> span.matches("[A-Z][a-z]\\w*"))
                .toList();
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(named).allMatch(declared::contains);
    }

    @Test
    void everyFileThatItNamesIsThere() {
        List<String> named = PAGE.spans().stream()
                .filter(span -> span.matches("(agent|bootstrap|examples)/.*") || span.equals("pom.xml"))
                .filter(span -> !span.contains("/target"))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(Page.ROOT.resolve(file)).exists());
    }

    @Test
    void theStepsFindTheirPlaces() throws IOException {
        assertThat(Files.readString(Page.ROOT.resolve("bootstrap/pom.xml"))).contains("<id>frameworks</id>");
        assertThat(Files.readString(Page.ROOT.resolve("pom.xml")))
                .contains("<project.build.outputTimestamp>", "<scm.url>", "<id>release</id>");
        assertThat(source("backend/Backend.java")).contains(" fetch(", " describe(");
        // Each backend is at each of the places that the steps name.
        for (String type : List.of("azure-key-vault", "aws-secrets-manager", "vault", "directory")) {
            assertThat(source("mapping/BackendSettings.java")).contains("{@code type: " + type + "}");
            assertThat(source("mapping/Grammar.java")).contains("\"" + type + "\"");
            assertThat(Files.readString(
                            Path.of("src/main/resources/io/secretagent/bootstrap/mapping/secrets.schema.json")))
                    .contains("\"" + type + "\": {");
        }
        assertThat(source("fetch/Backends.java").split("return \\w+Backend", -1))
                .hasSize(5);
    }

    private static Set<String> declared() throws IOException {
        Set<String> declared = new HashSet<>();
        for (String module : List.of("agent/src", "bootstrap/src")) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(ContributingTest::types)
                        .forEach(declared::add);
            }
        }
        return declared;
    }

    /** The class of a file, and the records in it. */
    private static Stream<String> types(Path file) {
        String name = file.getFileName().toString().replace(".java", "");
        return Stream.concat(
                Stream.of(name),
                Page.read(file).lines().stream()
                        .filter(line -> line.strip().startsWith("record "))
                        .map(line -> line.strip().replaceFirst("record (\\w+).*", "$1")));
    }

    private static String source(String file) throws IOException {
        return Files.readString(
                Path.of("src/main/java/io/secretagent/bootstrap").resolve(file));
    }
}
