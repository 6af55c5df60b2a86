package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.ByteArrayInputStream;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The masker as the bridge calls it: by what kind of text it is given. */
record AnyText(Masker masker, LogStreams streams) implements UnaryOperator<@Nullable Object> {

    @Override
    public @Nullable Object apply(@Nullable Object text) {
        if (text instanceof String string) {
            return masker.mask(string);
        }
        if (text instanceof byte[] bytes) {
            return masker.mask(bytes);
        }
        if (text instanceof StringBuilder builder) {
            masker.mask(builder);
            return builder;
        }
        if (text instanceof ByteBuffer range) {
            return masked(range);
        }
        if (text instanceof String[] strings) {
            return masked(strings);
        }
        if (text instanceof List<?> list) {
            return masked(list);
        }
        if (text instanceof CharArrayWriter characters) {
            mask(characters);
            return text;
        }
        if (text instanceof Writer writer) {
            return writer instanceof MaskedWriter ? writer : new MaskedWriter(writer, masker);
        }
        if (text instanceof InputStream in) {
            return masked(in);
        }
        if (text instanceof OutputStream out) {
            return streams.masked(out);
        }
        if (text instanceof Properties properties) {
            return masked(properties);
        }
        if (text == null) {
            return null;
        }
        if (text instanceof CharSequence characters) {
            return masked(characters);
        }
        // Before maps, for attributes may be one, and must stay attributes.
        Object part = SpanParts.masked(text, this);
        if (part != null) {
            return part;
        }
        if (text instanceof Map<?, ?> map) {
            return masked(map);
        }
        return NettyBytes.masked(text, masker);
    }

    /** Another kind of text becomes a string, where there is something to mask. */
    private CharSequence masked(CharSequence characters) {
        String before = characters.toString();
        String after = masker.mask(before);
        return after.equals(before) ? characters : after;
    }

    private ByteBuffer masked(ByteBuffer range) {
        if (!range.hasArray()) {
            byte[] copy = new byte[range.remaining()];
            range.duplicate().get(copy);
            byte[] masked = masker.mask(copy);
            return masked == copy ? range : ByteBuffer.wrap(masked);
        }
        byte[] bytes = range.array();
        byte[] masked = masker.mask(bytes, range.arrayOffset() + range.position(), range.remaining());
        return masked == bytes ? range : ByteBuffer.wrap(masked);
    }

    /** What is read to its end and not again. */
    private InputStream masked(InputStream in) {
        try {
            return new ByteArrayInputStream(masker.mask(in.readAllBytes()));
        } catch (IOException e) {
            return in;
        }
    }

    /** Where it is: whoever has it writes it on. */
    private void mask(CharArrayWriter characters) {
        String before = characters.toString();
        String after = masker.mask(before);
        if (!after.equals(before)) {
            characters.reset();
            characters.append(after);
        }
    }

    private List<@Nullable Object> masked(List<?> list) {
        List<@Nullable Object> masked = new ArrayList<>();
        for (Object element : list) {
            masked.add(apply(element));
        }
        return masked;
    }

    /** A copy too. */
    private String[] masked(String[] strings) {
        String[] masked = strings.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (String) apply(masked[i]);
        }
        return masked;
    }

    /** A copy: the properties themselves are the application's. */
    private Properties masked(Properties properties) {
        Properties masked = new Properties();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (value != null) {
                masked.setProperty(name, masker.mask(value));
            }
        }
        return masked;
    }

    private Map<Object, @Nullable Object> masked(Map<?, ?> map) {
        Map<Object, @Nullable Object> masked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            masked.put(entry.getKey(), apply(entry.getValue()));
        }
        return masked;
    }
}
