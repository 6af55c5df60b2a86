package io.secretagent.bootstrap.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of mistake gives its line, at its place, and no other. */
class BadMappingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    static List<MappingFiles.Bad> bad() {
        return MappingFiles.bad();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void tellsEachMistake(MappingFiles.Bad bad) {
        assertThat(MappingFiles.lines(folder, bad.yaml())).isEqualTo(bad.lines());
        assertThatThrownBy(() -> MappingFiles.parse(folder, bad.yaml())).isInstanceOf(InvalidMappingException.class);
    }

    @Test
    void tellsTenMistakesInTenLines() {
        MappingFiles.Bad ten = bad().stream()
                .filter(bad -> bad.name().equals("ten mistakes"))
                .findFirst()
                .orElseThrow();
        assertThat(ten.lines()).hasSize(10);
    }

    @Test
    void refusesWhatIsNoText() {
        assertThat(problem("secrets: \0{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1:10: a NUL character; remove it");
        assertThat(problem("a: \u001b[31m".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1:4: a control character; remove it");
        assertThat(problem("secrets:\n  é: \u00ff".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("2:3: a byte that is not UTF-8; save the mapping as UTF-8");
        assertThat(problem("secrets: {}".getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("1:1: the mapping is UTF-16, not UTF-8; save it as UTF-8");
        assertThat(problem("secrets: {}".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("1:1: the mapping is UTF-16, not UTF-8; save it as UTF-8");
        assertThat(problem("\ufeffsecrets: {}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1:1: the mapping starts with a byte order mark; save it as UTF-8 without one");
    }

    @Test
    void isBounded() {
        assertThat(problem(new byte[(1 << 20) + 1]))
                .isEqualTo("1:1: the mapping is larger than 1 MiB; is this the right file?");
        assertThat(problem(("a: " + "[".repeat(10_000)).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1:1: the mapping is nested too deeply; a mapping needs no more than five levels");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problem(bomb.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1:1: the mapping has too many aliases; write the values out");
    }

    @Test
    void refusesWhatIsNoFile() throws Exception {
        assertThat(problem(folder)).isEqualTo("1:1: the mapping is a folder; name the file in it");
        assertThat(problem(folder.resolve("none.yaml")))
                .isEqualTo("1:1: the mapping does not exist; check the path; it is relative to the working directory");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(problem(pipe))
                .isEqualTo("1:1: the mapping is not a regular file; name a file, not a pipe or a device");
    }

    private String problem(byte[] content) {
        try {
            return problem(Files.write(folder.resolve("secrets.yaml"), content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String problem(Path file) {
        try {
            new MappingParser(MappingFiles.ENVIRONMENT).parse(file);
            return "none";
        } catch (InvalidMappingException e) {
            assertThat(e.problems()).hasSize(1);
            return e.problems().get(0).line().substring(file.toString().length() + 1);
        }
    }
}
