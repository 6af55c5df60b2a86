package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.mask.Masker;
import io.secretagent.mask.Pauses;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import org.junit.jupiter.api.Test;

class BufferedTest {
    private static final String SECRET = "s3cr3t-value-of-nobody";

    private final Masker masker = new Masker();
    private final Buffered.Whole whole = new Buffered.Whole(new AnyText(masker, new LogStreams(masker, new Pauses())));

    @Test
    void whatFitsIsLeftToTheDestination() {
        masker.add("name", SECRET);
        ByteBuffer event = event();

        assertThat(whole.apply(event, ByteBuffer.allocate(event.remaining()))).isSameAs(event);
    }

    @Test
    void whatWouldBeCutIsMaskedAndTaken() {
        masker.add("name", SECRET);
        ByteBuffer event = event();

        ByteBuffer masked = (ByteBuffer) whole.apply(event, ByteBuffer.allocate(event.remaining() - 1));

        assertThat(UTF_8.decode(masked).toString()).isEqualTo("key ***\n");
        assertThat(event.remaining()).isZero();
    }

    @Test
    void cleanEventsAreNotCopied() {
        ByteBuffer event = event();

        assertThat(whole.apply(event, ByteBuffer.allocate(1))).isSameAs(event);
        assertThat(event.position()).isZero();
    }

    @Test
    void aBufferIsTightIfTheTextInUtf8MayNotFit() {
        Buffered.Tight tight = new Buffered.Tight();
        String text = "1234";
        ByteBuffer bytes = ByteBuffer.allocate(12);
        CharBuffer characters = CharBuffer.allocate(3);

        assertThat(tight.apply(bytes, text)).isNull();
        assertThat(tight.apply(bytes.position(1), text)).isSameAs(bytes);
        assertThat(tight.apply(characters, text)).isSameAs(characters);
        assertThat(tight.apply(CharBuffer.allocate(4), text)).isNull();
    }

    @Test
    void aDestinationThatIsNotTheFrameworksOwnMasksNothing() {
        Buffered.Unscanned unscanned = new Buffered.Unscanned(UnmaskedTest.transformer());

        assertThat(unscanned.apply("own", UTF_8.newEncoder())).isEqualTo("own");
        assertThat(unscanned.apply("own", ISO_8859_1.newEncoder())).isEqualTo("own");
    }

    private static ByteBuffer event() {
        return ByteBuffer.wrap(("key " + SECRET + "\n").getBytes(UTF_8));
    }
}
