package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeaverTest {
    private static final String TYPE = "io/secretagent/sink/WeaverTest$Layout";

    @Test
    void aClassFileOfAVersionToComeIsRewrittenAndKeepsItsVersion() throws IOException {
        byte[] original = layout();
        original[7] = 99;

        byte[] woven = Objects.requireNonNull(
                Weaver.weave(original, List.of(new Rule.Returned(TYPE, "format", "()Ljava/lang/String;"))));

        assertThat(woven[7]).isEqualTo((byte) 99);
        assertThat(original[7]).isEqualTo((byte) 99);
        assertThat(new String(woven, ISO_8859_1)).contains(Bridge.NAME);
    }

    @Test
    void aClassWithNothingThatIsNamedIsLeft() throws IOException {
        assertThat(Weaver.weave(layout(), List.of(new Rule.Returned(TYPE, "format", "(I)Ljava/lang/String;"))))
                .isNull();
        assertThat(Weaver.weave(layout(), List.of(new Rule.Called(TYPE, "java/util/List", "size", "()I"))))
                .isNull();
        assertThat(Weaver.weave(layout(), List.of(new Rule.NotInstance(TYPE, "java/util/List"))))
                .isNull();
    }

    @Test
    void aMethodThatWritesIsLeftWhereTheClassHasNoDescriptor() throws IOException {
        assertThat(Weaver.weave(layout(), List.of(new Rule.Written(TYPE, "format", "()"))))
                .isNull();
    }

    private static byte[] layout() throws IOException {
        try (InputStream in = Objects.requireNonNull(Layout.class.getResourceAsStream("WeaverTest$Layout.class"))) {
            return in.readAllBytes();
        }
    }

    static final class Layout {
        String format() {
            return "formatted";
        }
    }
}
