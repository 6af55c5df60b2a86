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

        byte[] woven = Weaver.weave(original, List.of(new Rule.Returned(TYPE, "format", "()Ljava/lang/String;")));

        assertThat(woven[7]).isEqualTo((byte) 99);
        assertThat(original[7]).isEqualTo((byte) 99);
        assertThat(new String(woven, ISO_8859_1)).contains(Bridge.NAME);
    }

    @Test
    void aMethodOfAnotherDescriptorIsLeft() throws IOException {
        byte[] woven = Weaver.weave(layout(), List.of(new Rule.Returned(TYPE, "format", "(I)Ljava/lang/String;")));

        assertThat(new String(woven, ISO_8859_1)).doesNotContain(Bridge.NAME);
    }

    @Test
    void aMethodThatWritesIsLeftWhereTheClassHasNoDescriptor() throws IOException {
        byte[] woven = Weaver.weave(layout(), List.of(new Rule.Written(TYPE, "format", "()")));

        assertThat(new String(woven, ISO_8859_1)).doesNotContain(Bridge.NAME);
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
