package io.secretagent.bootstrap.backend;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a store holds at one location. */
public sealed interface Content {

    /** Bytes, which have fields if they are parsed. */
    final class Bytes implements Content {
        private final byte[] value;
        private final Format format;

        /**
         * @param value not copied: there should be one copy, which the fetch wipes
         * @param format how {@code #key} is looked for in them
         */
        public Bytes(byte[] value, Format format) {
            this.value = value;
            this.format = format;
        }

        public byte[] value() {
            return value;
        }

        public Format format() {
            return format;
        }

        /** Whether it is UTF-8. */
        public boolean isText() {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
                return true;
            } catch (CharacterCodingException e) {
                return false;
            }
        }

        /** Never the value. */
        @Override
        public String toString() {
            return "Bytes[" + format + "]";
        }
    }

    /**
     * Fields by name, as Vault holds them.
     *
     * @param fields a JSON object: values are String, {@link Json.Numeral}, Boolean, {@code Map<String, Object>},
     *     {@code List<Object>} or {@link Json#NULL}
     */
    record Fields(Map<String, Object> fields) implements Content {
        /** The keys; never the values. */
        @Override
        public String toString() {
            return "Fields" + fields.keySet();
        }
    }

    /** Text formats with fields. */
    enum Format {
        JSON,
        ENV,
        PROPERTIES,
        YAML
    }
}
