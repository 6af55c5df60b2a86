package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.mask.Masker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.rmi.MarshalledObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskedObjectsTest {
    private static final String SECRET = "canary-kR7$1x-0815";

    private final Masker masker = new Masker();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void addSecret() {
        masker.add("secret", SECRET);
    }

    @Test
    void theReceiverReadsTheMaskAndTheSenderKeepsTheValue() throws Exception {
        Event sent = new Event("logged " + SECRET, new LinkedHashMap<>(Map.of("user", SECRET)), null);

        ObjectOutputStream out = made();
        out.writeObject(sent);
        out.writeObject(sent);
        out.close();

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Event received = (Event) in.readObject();
            assertThat(received.message).isEqualTo("logged ***");
            assertThat(received.context).containsEntry("user", "***");
            assertThat(in.readObject()).isSameAs(received);
        }
        assertThat(sent.message).isEqualTo("logged " + SECRET);
        assertThat(sent.context).containsEntry("user", SECRET);
    }

    @Test
    void whatIsSerialisedInsideAnEventIsLeftOut() throws Exception {
        ObjectOutputStream out = made();
        out.writeObject(new Event("logged", new LinkedHashMap<>(), new MarshalledObject<>(SECRET)));
        out.close();

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Event) in.readObject()).marshalled).isNull();
        }
        assertThat(bytes.toString(ISO_8859_1)).doesNotContain(SECRET);
    }

    @Test
    void aHeadlessStreamBeginsWithTheObject() throws Exception {
        ObjectOutputStream plain = new ObjectOutputStream(bytes);
        ObjectOutputStream headless = (ObjectOutputStream) new MaskedObjects.MadeHeadless(masker).apply(bytes);
        headless.writeObject(SECRET);
        headless.close();
        plain.close();

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo("***");
        }
    }

    private ObjectOutputStream made() {
        return (ObjectOutputStream) new MaskedObjects.Made(masker).apply(bytes);
    }

    private static final class Event implements Serializable {
        final String message;
        final Map<String, String> context;
        final @Nullable MarshalledObject<String> marshalled;

        Event(String message, Map<String, String> context, @Nullable MarshalledObject<String> marshalled) {
            this.message = message;
            this.context = context;
            this.marshalled = marshalled;
        }
    }
}
