package io.secretagent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.audit.AuditSettings;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RecordWriter} wrote. A torn, over-long, unknown or trailing byte is a {@link ProtocolException}; a
 * clean end of the stream between two records is {@code null}.
 */
public final class RecordReader {
    private final DataInputStream in;

    /** Reads the header and refuses another build's. */
    public RecordReader(InputStream in, String build) throws IOException {
        this.in = new DataInputStream(in);
        try {
            if (this.in.readInt() != Wire.MAGIC) {
                throw new ProtocolException("the stream does not start as the channel does");
            }
            int version = this.in.readUnsignedByte();
            int length = this.in.readInt();
            if (version != Wire.VERSION || length < 0 || length > 256) {
                throw new ProtocolException("the channel's version is " + version + ", not " + Wire.VERSION);
            }
            String theirs = new String(this.in.readNBytes(length), UTF_8);
            if (!theirs.equals(build)) {
                throw new ProtocolException("the other end is of "
                        + (Build.isId(theirs) ? "build " + theirs : "an unknown build") + ", this one of " + build);
            }
        } catch (EOFException e) {
            throw ProtocolException.torn("the stream ended before it began");
        }
    }

    /** The next record, or null at the end of the stream. */
    public @Nullable ChannelRecord read() throws IOException {
        int type = in.read();
        if (type < 0) {
            return null;
        }
        byte[] bytes;
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            throw ProtocolException.torn("the stream ended within a record");
        }
        if (length < 0 || length > Wire.MAX_PAYLOAD) {
            throw new ProtocolException("a record says that it is " + length + " bytes long");
        }
        bytes = in.readNBytes(length);
        try {
            if (bytes.length < length) {
                throw ProtocolException.torn("the stream ended within a record");
            }
            Payload payload = new Payload(bytes);
            ChannelRecord read = decode(type, payload);
            if (payload.bytes.hasRemaining()) {
                throw new ProtocolException("a record of type " + type + " is longer than its fields");
            }
            return read;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static ChannelRecord decode(int type, Payload payload) throws ProtocolException {
        return switch (type) {
            case Wire.REQUEST ->
                new ChannelRecord.Request(
                        payload.text(), payload.textMap(), payload.textSet(), payload.flag(), payload.textSet());
            case Wire.SETTINGS ->
                new ChannelRecord.Settings(
                        payload.int64(),
                        payload.text(),
                        payload.int32(),
                        payload.flag(),
                        payload.flag(),
                        payload.flag(),
                        payload.flag());
            case Wire.TARGETS -> new ChannelRecord.Targets(payload.targets());
            case Wire.FETCHED -> new ChannelRecord.Fetched(payload.secret());
            case Wire.MASKED -> payload.masked();
            case Wire.PROBLEM -> new ChannelRecord.Problem(payload.int32(), payload.text());
            case Wire.AUDITING -> new ChannelRecord.Auditing(payload.auditSettings());
            case Wire.AUDITED -> new ChannelRecord.Audited(payload.text(), payload.text());
            case Wire.END -> new ChannelRecord.End(payload.int32());
            case Wire.CHANGED -> new ChannelRecord.Changed(payload.int32(), payload.maskedList(), payload.secrets());
            case Wire.APPLIED -> new ChannelRecord.Applied(payload.int32(), payload.textSet());
            case Wire.REVOKED ->
                new ChannelRecord.Revoked(
                        payload.text(),
                        payload.text(),
                        payload.targets(),
                        payload.then(),
                        payload.int32(),
                        payload.text());
            case Wire.NOTICE -> new ChannelRecord.Notice(payload.text());
            case Wire.ASK -> new ChannelRecord.Ask(payload.int32(), payload.textSet());
            case Wire.ANSWERED -> new ChannelRecord.Answered(payload.int32());
            default -> throw new ProtocolException("a record is of the unknown type " + type);
        };
    }

    /** A record's fields, in order; none reaches past the record. */
    private static final class Payload {
        final ByteBuffer bytes;

        Payload(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        String text() throws ProtocolException {
            String text = textOrNull();
            if (text == null) {
                throw new ProtocolException("a record lacks a text");
            }
            return text;
        }

        @Nullable String textOrNull() throws ProtocolException {
            int length = int32();
            if (length == -1) {
                return null;
            }
            require(length);
            // Not by a decoder, whose buffer of characters nobody could clear.
            String text = new String(bytes.array(), bytes.position(), length, UTF_8);
            bytes.position(bytes.position() + length);
            return text;
        }

        Map<String, String> textMap() throws ProtocolException {
            Map<String, String> map = new HashMap<>();
            for (int left = int32(); left > 0; left--) {
                map.put(text(), text());
            }
            return map;
        }

        Set<String> textSet() throws ProtocolException {
            Set<String> set = new HashSet<>();
            for (int left = int32(); left > 0; left--) {
                set.add(text());
            }
            return set;
        }

        AuditSettings auditSettings() throws ProtocolException {
            return new AuditSettings(textOrNull(), flag(), flag(), int64(), int32(), textOrNull());
        }

        List<Target> targets() throws ProtocolException {
            List<Target> targets = new ArrayList<>();
            for (int left = int32(); left > 0; left--) {
                targets.add(new Target(kind(), text(), flag(), flag()));
            }
            return targets;
        }

        Secret secret() throws ProtocolException {
            return new Secret(text(), text(), textOrNull(), text(), flag(), targets());
        }

        List<Secret> secrets() throws ProtocolException {
            List<Secret> secrets = new ArrayList<>();
            for (int left = int32(); left > 0; left--) {
                secrets.add(secret());
            }
            return secrets;
        }

        ChannelRecord.Masked masked() throws ProtocolException {
            return new ChannelRecord.Masked(text(), text());
        }

        List<ChannelRecord.Masked> maskedList() throws ProtocolException {
            List<ChannelRecord.Masked> masked = new ArrayList<>();
            for (int left = int32(); left > 0; left--) {
                masked.add(masked());
            }
            return masked;
        }

        ChannelRecord.Revoked.Then then() throws ProtocolException {
            int then = int8();
            return switch (then) {
                case Wire.KEEP -> ChannelRecord.Revoked.Then.KEEP;
                case Wire.CLEAR -> ChannelRecord.Revoked.Then.CLEAR;
                case Wire.EXIT -> ChannelRecord.Revoked.Then.EXIT;
                default -> throw new ProtocolException("a revoked secret has the unknown consequence " + then);
            };
        }

        Target.Kind kind() throws ProtocolException {
            int kind = int8();
            return switch (kind) {
                case Wire.PROPERTY -> Target.Kind.PROPERTY;
                case Wire.ENVIRONMENT -> Target.Kind.ENVIRONMENT;
                default -> throw new ProtocolException("a target is of the unknown kind " + kind);
            };
        }

        boolean flag() throws ProtocolException {
            return int8() != 0;
        }

        int int8() throws ProtocolException {
            require(1);
            return bytes.get();
        }

        int int32() throws ProtocolException {
            require(4);
            return bytes.getInt();
        }

        long int64() throws ProtocolException {
            require(8);
            return bytes.getLong();
        }

        private void require(int length) throws ProtocolException {
            if (length < 0 || length > bytes.remaining()) {
                throw new ProtocolException("a field reaches past its record");
            }
        }
    }
}
