package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.audit.AuditEvent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Place place = new Place();
    private final Trail trail =
            new Trail(place, new Origin("web-1", 4711, "app.jar"), new PrintStream(told, true, UTF_8));

    @Test
    void eachLineHasTheHashOfTheOneBefore() {
        for (int i = 0; i < 3; i++) {
            trail.record(AuditEvent.of(Kind.FETCH).secret("s" + i, null, null));
        }
        assertThat(place.lines.get(0)).contains("\"sequence\":1}").doesNotContain("previous");
        for (int i = 1; i < 3; i++) {
            assertThat(place.lines.get(i))
                    .endsWith(",\"sequence\":" + (i + 1) + ",\"previous\":\""
                            + Sha256.hex(place.lines.get(i - 1).getBytes(US_ASCII)) + "\"}");
        }
    }

    @Test
    void troubleIsToldOnceWhenItStartsAndOnceWhenItEnds() {
        trail.record(AuditEvent.of(Kind.FETCH));
        place.broken = "No space left on device";
        for (int i = 0; i < 5; i++) {
            trail.record(AuditEvent.of(Kind.FETCH));
        }
        place.broken = null;
        trail.record(AuditEvent.of(Kind.READ));
        trail.record(AuditEvent.of(Kind.LEAK));
        trail.close();
        assertThat(told.toString(UTF_8))
                .isEqualTo(
                        "secret-agent: audit: a place cannot be written: No space left on device; until then events are"
                                + " lost\nsecret-agent: audit: a place is written again; 5 events were lost\n");
        // What could not be written is no gap in the chain, but told in it.
        assertThat(place.lines).hasSize(4);
        assertThat(place.lines.get(1)).contains("\"event\":\"failure\"", "\"outcome\":\"not-recorded\",\"lost\":5");
        assertThat(place.lines.get(3))
                .contains("\"sequence\":4,", Sha256.hex(place.lines.get(2).getBytes(US_ASCII)));
    }

    @Test
    void whatIsLostAtTheEndIsTold() {
        place.broken = "Permission denied";
        trail.record(AuditEvent.of(Kind.FETCH));
        trail.lose(2);
        trail.close();
        assertThat(told.toString(UTF_8))
                .endsWith("secret-agent: audit: a place lacks the last events: 3 events were lost\n");
    }

    @Test
    void everyChainIsOfAWriterOfItsOwn() {
        Origin origin = new Origin("web-1", 4711, "app.jar");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add(new Chain(origin).writer());
        }
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[0-9a-f]{16}"));
    }

    private static final class Place implements Sink {
        final List<String> lines = new ArrayList<>();

        @org.jspecify.annotations.Nullable String broken;

        @Override
        public void write(AuditEvent event, byte[] line) throws IOException {
            if (broken != null) {
                throw new IOException(broken);
            }
            lines.add(new String(line, US_ASCII));
        }

        @Override
        public String toString() {
            return "a place";
        }
    }
}
