package io.secretagent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secretagent.audit.AuditSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final String CANARY = "canary-0d1f";

    @Property
    void whatIsWrittenIsRead(@ForAll("records") List<ChannelRecord> records) throws IOException {
        assertThat(read(written(records))).isEqualTo(records);
    }

    @Property(tries = 200)
    void aTornStreamIsAnErrorOrAWholePrefixOfTheRecords(
            @ForAll("records") List<ChannelRecord> records, @ForAll int where) throws IOException {
        byte[] whole = written(records);
        byte[] torn = Arrays.copyOf(whole, Math.floorMod(where, whole.length));
        List<ChannelRecord> read = new ArrayList<>();
        try {
            RecordReader reader = new RecordReader(new ByteArrayInputStream(torn), "1");
            for (ChannelRecord next = reader.read(); next != null; next = reader.read()) {
                read.add(next);
            }
        } catch (ProtocolException expected) {
            assertThat(expected).hasMessageNotContaining(CANARY);
        }
        assertThat(records.subList(0, read.size())).isEqualTo(read);
        assertThat(read).hasSizeLessThanOrEqualTo(records.size());
    }

    @Property(tries = 300)
    void aFlippedByteNeverEscapesAsAnythingButAProtocolError(
            @ForAll("records") List<ChannelRecord> records, @ForAll int where, @ForAll byte flip) throws IOException {
        byte[] bytes = written(records);
        bytes[Math.floorMod(where, bytes.length)] ^= flip;
        try {
            read(bytes);
        } catch (ProtocolException expected) {
            assertThat(expected).hasMessageNotContaining(CANARY);
        }
    }

    @Test
    void refusesAnotherBuild() throws IOException {
        byte[] bytes = written(List.of());
        assertThatThrownBy(() -> new RecordReader(new ByteArrayInputStream(bytes), "2"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the other end is of build 1, this one of 2");
    }

    @Test
    void refusesWhatAJvmPrintsOnStdout() {
        byte[] noise = "[warning][cds] something".getBytes(UTF_8);
        assertThatThrownBy(() -> new RecordReader(new ByteArrayInputStream(noise), "1"))
                .hasMessage("the stream does not start as the channel does");
    }

    @Test
    void refusesARecordThatIsLongerThanItsFields() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(written(List.of()));
        out.write(new byte[] {Wire.END, 0, 0, 0, 5, 0, 0, 0, 0, 9});
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessage("a record of type 7 is longer than its fields");
    }

    @Test
    void refusesAnOverlongRecordWithoutMakingRoomForIt() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(written(List.of()));
        out.write(new byte[] {Wire.END, 127, -1, -1, -1});
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessage("a record says that it is 2147483647 bytes long");
    }

    @Test
    void refusesAnUnknownType() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(written(List.of()));
        out.write(new byte[] {99, 0, 0, 0, 0});
        assertThatThrownBy(() -> read(out.toByteArray())).hasMessage("a record is of the unknown type 99");
    }

    @Test
    void nothingThatHoldsAValuePrintsIt() {
        Secret secret = new Secret("path#key", "vault", "3", CANARY, true, List.of());
        assertThat(secret).hasToString("path#key");
        assertThat(new ChannelRecord.Fetched(secret).toString()).doesNotContain(CANARY);
        assertThat(new ChannelRecord.Masked("path#key", CANARY)).hasToString("path#key");
        assertThat(new ChannelRecord.Request("m.yaml", Map.of("javax.net.ssl.trustStorePassword", CANARY), Set.of()))
                .hasToString("Request[m.yaml]");
    }

    private static byte[] written(List<ChannelRecord> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = new RecordWriter(out, "1")) {
            for (ChannelRecord next : records) {
                writer.write(next);
            }
        }
        return out.toByteArray();
    }

    private static List<ChannelRecord> read(byte[] bytes) throws IOException {
        RecordReader reader = new RecordReader(new ByteArrayInputStream(bytes), "1");
        List<ChannelRecord> read = new ArrayList<>();
        for (ChannelRecord next = reader.read(); next != null; next = reader.read()) {
            read.add(next);
        }
        return read;
    }

    @Provide
    Arbitrary<List<ChannelRecord>> records() {
        Arbitrary<String> text =
                Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(40);
        Arbitrary<List<Target>> targets = Combinators.combine(
                        Arbitraries.of(Target.Kind.class),
                        text,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Target::new)
                .list()
                .ofMaxSize(3);
        Arbitrary<Secret> secret = Combinators.combine(
                        text,
                        text,
                        text.injectNull(0.3),
                        text.map(t -> CANARY + t),
                        Arbitraries.of(true, false),
                        targets)
                .as(Secret::new);
        Arbitrary<Set<String>> texts = text.set().ofMaxSize(3);
        Arbitrary<ChannelRecord> request = Combinators.combine(
                        text, Arbitraries.maps(text, text).ofMaxSize(3), texts, Arbitraries.of(true, false), texts)
                .as(ChannelRecord.Request::new);
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<ChannelRecord> settings = Combinators.combine(
                        Arbitraries.longs(), text, Arbitraries.integers(), flag, flag, flag, flag)
                .as(ChannelRecord.Settings::new);
        Arbitrary<ChannelRecord> problem =
                Combinators.combine(Arbitraries.integers(), text).as(ChannelRecord.Problem::new);
        Arbitrary<ChannelRecord> auditing = Combinators.combine(
                        text.injectNull(0.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.longs(),
                        Arbitraries.integers(),
                        text.injectNull(0.3))
                .as(AuditSettings::new)
                .map(ChannelRecord.Auditing::new);
        Arbitrary<ChannelRecord> audited = Combinators.combine(text, text).as(ChannelRecord.Audited::new);
        Arbitrary<ChannelRecord.Masked> masked = Combinators.combine(text, text).as(ChannelRecord.Masked::new);
        Arbitrary<Integer> number = Arbitraries.integers();
        Arbitrary<ChannelRecord> changed = Combinators.combine(
                        number, masked.list().ofMaxSize(3), secret.list().ofMaxSize(3))
                .as(ChannelRecord.Changed::new);
        Arbitrary<ChannelRecord> revoked = Combinators.combine(
                        text, text, targets, Arbitraries.of(ChannelRecord.Revoked.Then.class), number, text)
                .as(ChannelRecord.Revoked::new);
        Arbitrary<ChannelRecord> ask = Combinators.combine(number, texts).as(ChannelRecord.Ask::new);
        return Arbitraries.<ChannelRecord>oneOf(List.of(
                        secret.map(ChannelRecord.Fetched::new),
                        request,
                        settings,
                        problem,
                        masked.map(record -> record),
                        auditing,
                        audited,
                        targets.map(ChannelRecord.Targets::new),
                        number.map(ChannelRecord.End::new),
                        changed,
                        Combinators.combine(number, texts).as(ChannelRecord.Applied::new),
                        revoked,
                        text.map(ChannelRecord.Notice::new),
                        ask,
                        number.map(ChannelRecord.Answered::new)))
                .list()
                .ofMaxSize(6);
    }

    /** An unpaired surrogate has no UTF-8, so no backend can hold one. */
    private static char[] surrogates() {
        char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < surrogates.length; i++) {
            surrogates[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return surrogates;
    }
}
