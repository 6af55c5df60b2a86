package io.secretagent.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of the security model names tests that are there. */
class PromisesTest {
    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w+(?:IT|Test)\\b");

    @Test
    void areHeldByTests() throws IOException {
        List<String> rows = Files.readAllLines(Page.ROOT.resolve("bootstrap/docs/security.md")).stream()
                .dropWhile(line -> !line.startsWith("## Promises"))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Promise "))
                .toList();
        Set<String> tests = tests();
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            Matcher named = TEST.matcher(row);
            assertThat(named.find()).as(row).isTrue();
            do {
                assertThat(tests).as(row).contains(named.group());
            } while (named.find());
        });
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new HashSet<>();
        for (String module : new String[] {"agent", "bootstrap"}) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module + "/src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> tests.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return tests;
    }
}
