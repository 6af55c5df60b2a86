package io.secretagent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.audit.AuditSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes records: a header of {@link Wire#MAGIC}, {@link Wire#VERSION} and the build's id, then for each record its
 * type (1 byte), the length of its payload (4 bytes, big endian) and the payload. Strings are a length in bytes (4) and
 * UTF-8; a null is the length -1.
 */
public final class RecordWriter implements AutoCloseable {
    private final OutputStream out;

    /** Writes the header at once, so that the reader knows at once whom it talks to. */
    public RecordWriter(OutputStream out, String build) throws IOException {
        this.out = out;
        Payload header = new Payload();
        header.data.writeInt(Wire.MAGIC);
        header.data.writeByte(Wire.VERSION);
        header.text(build);
        header.copyTo(out);
        out.flush();
    }

    /** Writes one record and flushes it. */
    public synchronized void write(ChannelRecord written) throws IOException {
        Payload payload = new Payload();
        int type = encode(written, payload);
        if (payload.size() > Wire.MAX_PAYLOAD) {
            payload.clear();
            throw new ProtocolException(
                    "a record of more than " + Wire.MAX_PAYLOAD + " bytes cannot cross the channel");
        }
        Payload head = new Payload();
        head.data.writeByte(type);
        head.data.writeInt(payload.size());
        head.copyTo(out);
        payload.copyTo(out);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static int encode(ChannelRecord written, Payload payload) throws IOException {
        if (written instanceof ChannelRecord.Request request) {
            payload.text(request.mapping());
            payload.data.writeInt(request.network().size());
            for (Map.Entry<String, String> property : request.network().entrySet()) {
                payload.text(property.getKey());
                payload.text(property.getValue());
            }
            payload.texts(request.givenProperties());
            payload.data.writeBoolean(request.resumes());
            payload.texts(request.held());
            return Wire.REQUEST;
        }
        if (written instanceof ChannelRecord.Settings settings) {
            payload.data.writeLong(settings.timeoutMillis());
            payload.text(settings.replacement());
            payload.data.writeInt(settings.minimumLength());
            payload.data.writeBoolean(settings.maskStdout());
            payload.data.writeBoolean(settings.overlap());
            payload.data.writeBoolean(settings.refreshes());
            payload.data.writeBoolean(settings.pools());
            return Wire.SETTINGS;
        }
        if (written instanceof ChannelRecord.Targets targets) {
            payload.targets(targets.targets());
            return Wire.TARGETS;
        }
        if (written instanceof ChannelRecord.Fetched fetched) {
            payload.secret(fetched.secret());
            return Wire.FETCHED;
        }
        if (written instanceof ChannelRecord.Masked masked) {
            payload.masked(masked);
            return Wire.MASKED;
        }
        if (written instanceof ChannelRecord.Problem problem) {
            payload.data.writeInt(problem.exitCode());
            payload.text(problem.line());
            return Wire.PROBLEM;
        }
        if (written instanceof ChannelRecord.Auditing auditing) {
            payload.auditSettings(auditing.settings());
            return Wire.AUDITING;
        }
        if (written instanceof ChannelRecord.Audited audited) {
            payload.text(audited.kind());
            payload.text(audited.line());
            return Wire.AUDITED;
        }
        if (written instanceof ChannelRecord.End end) {
            payload.data.writeInt(end.secrets());
            return Wire.END;
        }
        return encodeOfRefresh(written, payload);
    }

    private static int encodeOfRefresh(ChannelRecord written, Payload payload) throws IOException {
        if (written instanceof ChannelRecord.Changed changed) {
            payload.data.writeInt(changed.number());
            payload.data.writeInt(changed.masked().size());
            for (ChannelRecord.Masked masked : changed.masked()) {
                payload.masked(masked);
            }
            payload.data.writeInt(changed.secrets().size());
            for (Secret secret : changed.secrets()) {
                payload.secret(secret);
            }
            return Wire.CHANGED;
        }
        if (written instanceof ChannelRecord.Applied applied) {
            payload.data.writeInt(applied.number());
            payload.texts(applied.names());
            return Wire.APPLIED;
        }
        if (written instanceof ChannelRecord.Revoked revoked) {
            payload.text(revoked.name());
            payload.text(revoked.backend());
            payload.targets(revoked.targets());
            payload.data.writeByte(
                    switch (revoked.then()) {
                        case KEEP -> Wire.KEEP;
                        case CLEAR -> Wire.CLEAR;
                        case EXIT -> Wire.EXIT;
                    });
            payload.data.writeInt(revoked.exitCode());
            payload.text(revoked.line());
            return Wire.REVOKED;
        }
        if (written instanceof ChannelRecord.Notice notice) {
            payload.text(notice.line());
            return Wire.NOTICE;
        }
        if (written instanceof ChannelRecord.Ask ask) {
            payload.data.writeInt(ask.number());
            payload.texts(ask.names());
            return Wire.ASK;
        }
        payload.data.writeInt(((ChannelRecord.Answered) written).number());
        return Wire.ANSWERED;
    }

    /** A record's bytes, wiped as soon as they are sent. */
    private static final class Payload extends ByteArrayOutputStream {
        final DataOutputStream data = new DataOutputStream(this);

        void text(@Nullable String text) throws IOException {
            if (text == null) {
                data.writeInt(-1);
                return;
            }
            byte[] utf8 = text.getBytes(UTF_8);
            data.writeInt(utf8.length);
            data.write(utf8);
            Arrays.fill(utf8, (byte) 0);
        }

        void texts(Set<String> texts) throws IOException {
            data.writeInt(texts.size());
            for (String text : texts) {
                text(text);
            }
        }

        void secret(Secret secret) throws IOException {
            text(secret.name());
            text(secret.backend());
            text(secret.version());
            text(secret.value());
            data.writeBoolean(secret.masked());
            targets(secret.targets());
        }

        void masked(ChannelRecord.Masked masked) throws IOException {
            text(masked.name());
            text(masked.value());
        }

        void targets(List<Target> targets) throws IOException {
            data.writeInt(targets.size());
            for (Target target : targets) {
                data.writeByte(target.kind() == Target.Kind.PROPERTY ? Wire.PROPERTY : Wire.ENVIRONMENT);
                text(target.name());
                data.writeBoolean(target.override());
                data.writeBoolean(target.inherit());
            }
        }

        void auditSettings(AuditSettings settings) throws IOException {
            text(settings.to());
            data.writeBoolean(settings.reads());
            data.writeBoolean(settings.leaks());
            data.writeLong(settings.maxSize());
            data.writeInt(settings.keep());
            text(settings.syslog());
        }

        void copyTo(OutputStream out) throws IOException {
            out.write(buf, 0, count);
            clear();
        }

        void clear() {
            Arrays.fill(buf, 0, count, (byte) 0);
            count = 0;
        }
    }
}
