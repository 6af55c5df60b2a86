package io.secretagent.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/mapping.md} is made from the JSON Schema; with {@code WRITE_DOCS=true} this writes it anew. */
class MappingReferenceTest {
    private static final Path FILE = Path.of("docs/mapping.md");

    @Test
    void saysWhatTheSchemaSays() throws IOException {
        String reference = MappingReference.write();
        if ("true".equals(System.getenv("WRITE_DOCS"))) {
            Files.writeString(FILE, reference, UTF_8);
        }
        assertThat(Files.readString(FILE, UTF_8))
                .as("run this test with WRITE_DOCS=true")
                .isEqualTo(reference);
    }
}
