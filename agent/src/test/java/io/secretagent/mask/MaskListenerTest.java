package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskListenerTest {
    private static final String ONE = "value-of-one-1234";
    private static final String OTHER = "another value, \"quoted\" 98";

    private final Masker masker = new Masker();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void add() {
        masker.tell((name, stream) -> told.add(name + (stream == null ? "" : " to " + stream)));
        masker.add("one", ONE);
        masker.add("other", OTHER);
    }

    @Test
    void eachSecretThatWasMaskedInATextIsToldOnce() {
        masker.mask("clean");
        assertThat(told).isEmpty();
        masker.mask(ONE + " and " + ONE + " and " + OTHER);
        assertThat(told).containsExactly("one", "other");
        told.clear();
        masker.mask(new StringBuilder("x " + OTHER));
        masker.mask(("x " + ONE).getBytes(UTF_8));
        assertThat(told).containsExactly("other", "one");
    }

    /** The mask that was put is known by itself, since all of them read the same. */
    @Test
    void aVariantIsToldAsItsSecret() {
        masker.mask("{\"v\":\"another value, \\\"quoted\\\" 98\"}");
        masker.mask(java.util.Base64.getEncoder().encodeToString(("x:" + ONE).getBytes(UTF_8)));
        masker.mask("a piece: " + OTHER.substring(0, 17));
        assertThat(told).containsExactly("other", "one", "other");
    }

    @Test
    void whatIsWrittenInPiecesIsToldWhenItIsWhole() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (MaskingStream stream = new MaskingStream(written, masker, new Pauses(), "stdout")) {
            stream.write(ONE.substring(0, 9).getBytes(UTF_8));
            assertThat(told).isEmpty();
            stream.write((ONE.substring(9) + "\n").getBytes(UTF_8));
            assertThat(told).containsExactly("one to stdout");
            stream.write("clean\n".getBytes(UTF_8));
        }
        assertThat(told).hasSize(1);
        assertThat(written.toString(UTF_8)).isEqualTo("***\nclean\n");
    }

    @Test
    void whatAPauseMasksIsToldToo() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        MaskingStream stream = new MaskingStream(written, masker, new Pauses(), "stderr");
        stream.write(ONE.substring(0, 12).getBytes(UTF_8));
        stream.end();
        assertThat(told).containsExactly("one to stderr");
    }

    /** The listener may log, for all that the stream knows: no lock is held. */
    @Test
    void aListenerMayWriteToTheSameStream() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Masker own = new Masker();
        MaskingStream[] stream = new MaskingStream[1];
        List<Boolean> wrote = new ArrayList<>();
        own.tell((name, to) -> {
            Thread other = new Thread(() -> {
                try {
                    stream[0].write("told\n".getBytes(UTF_8));
                    wrote.add(true);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        own.add("one", ONE);
        stream[0] = new MaskingStream(written, own, new Pauses(), "stdout");
        stream[0].write((ONE + "\n").getBytes(UTF_8));
        stream[0].close();
        assertThat(wrote).containsExactly(true);
    }

    @Test
    void whatIsMaskedQuietlyIsNotTold() {
        assertThat(masker.maskQuietly("x " + ONE)).isEqualTo("x ***");
        assertThat(told).isEmpty();
    }
}
