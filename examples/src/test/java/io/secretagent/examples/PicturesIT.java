package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Provision;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of the documentation show what the commands print today, but for times, numbers and random values. */
class PicturesIT {
    private static final Path PICTURES = Path.of("../bootstrap/docs/pictures").toAbsolutePath();

    @TempDir
    private Path temporary;

    @Test
    void areWhatIsPrinted() throws Exception {
        Provision.run(List.of(PICTURES.resolve("draw").toString(), temporary.toString()));
        for (String name : List.of("age.svg", "quickstart.svg")) {
            assertThat(text(temporary.resolve(name)))
                    .as("run bootstrap/docs/pictures/draw")
                    .isEqualTo(text(PICTURES.resolve(name)));
        }
    }

    /** The text of a picture, which also shows that it is well-formed. */
    private static String text(Path picture) throws Exception {
        String shown = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(picture.toFile())
                .getDocumentElement()
                .getTextContent();
        assertThat(shown).isNotBlank();
        return shown.replaceAll("[0-9a-f]{64}", "HASH")
                .replaceAll("\\w{3} \\d+, \\d{4},? \\d+:\\d+:\\d+\\W[AP]M", "TIME")
                .replaceAll("\\d+", "0");
    }
}
