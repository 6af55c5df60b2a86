package io.secretagent.bootstrap.command.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Fields;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value tells about how to map it, and nothing more of it. */
public sealed interface Keys {

    /** It has fields, of which these have a value. */
    record Named(List<String> keys) implements Keys {}

    /** It is text. */
    record None() implements Keys {}

    /** It is bytes that are no text. */
    record Binary() implements Keys {}

    /** There is nothing in it. */
    record Empty() implements Keys {}

    /** It could not be read. */
    record Unknown(String why) implements Keys {}

    /** {@code rotate} keeps the value before under this name. */
    String OLD = "_OLD";

    /** Looks at a value, and wipes it. */
    static Keys of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return new Unknown(failed.failure().why());
        }
        Content content = ((Outcome.Found) outcome).content();
        Map<String, Object> fields = Fields.of(content);
        Keys keys = fields == null || fields.isEmpty() ? withoutFields(content) : new Named(names(fields));
        if (content instanceof Content.Bytes bytes) {
            Arrays.fill(bytes.value(), (byte) 0);
        }
        return keys;
    }

    private static List<String> names(Map<String, Object> fields) {
        List<String> names = new ArrayList<>();
        fields.forEach((name, value) -> {
            boolean old = name.endsWith(OLD) && fields.containsKey(name.substring(0, name.length() - OLD.length()));
            if (!old && hasValue(value)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean hasValue(@Nullable Object value) {
        return value != null && value != Json.NULL && !Json.text(value).isEmpty();
    }

    private static Keys withoutFields(Content content) {
        if (!(content instanceof Content.Bytes bytes) || bytes.value().length == 0) {
            return new Empty();
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.value()));
            return new None();
        } catch (CharacterCodingException e) {
            return new Binary();
        }
    }
}
