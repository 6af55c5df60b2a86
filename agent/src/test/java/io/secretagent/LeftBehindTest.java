package io.secretagent;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindTest {
    private static final String SECRET = "canary-0815-left";

    @TempDir
    Path target;

    @Test
    void aSecretInAReportFailsTheBuild() throws IOException {
        Path report = Files.createDirectory(target.resolve("surefire-reports")).resolve("TEST-x.xml");
        Files.writeString(report, "<system-out>" + SECRET + "</system-out>");

        assertThatThrownBy(() -> LeftBehind.main(new String[] {target.toString()}))
                .hasMessageContaining("TEST-x.xml")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void whatTheCompilerWritesIsNotSearched() throws IOException {
        Files.writeString(Files.createDirectory(target.resolve("test-classes")).resolve("A.class"), SECRET);
        Files.writeString(target.resolve("agent.jar"), SECRET);

        assertThat(LeftBehind.files(target)).isEmpty();
    }

    @Test
    void encodingsAreFoundAndOtherTextIsNot() {
        for (String before : new String[] {"", "a", "ab"}) {
            byte[] bytes = (before + SECRET).getBytes(UTF_8);
            assertThat(LeftBehind.hasCanary(Base64.getEncoder().encode(bytes))).isTrue();
            assertThat(LeftBehind.hasCanary(
                            HexFormat.of().withUpperCase().formatHex(bytes).getBytes(UTF_8)))
                    .isTrue();
        }
        assertThat(LeftBehind.hasCanary(SECRET.getBytes(UTF_16LE))).isTrue();
        assertThat(LeftBehind.hasCanary(SECRET.getBytes(UTF_16BE))).isTrue();
        assertThat(LeftBehind.hasCanary("CanaryTest, canary".getBytes(UTF_8))).isFalse();
    }
}
