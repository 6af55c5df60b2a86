package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * The one form of a line: a JSON object in ASCII, whatever the names in it are made of. So no name can begin a line of its
 * own, none can be mistaken for another field, and no console's or syslog's charset changes a byte that the chain counts.
 */
final class AuditLine {
    /** Longer names are cut: a line has to fit in a syslog message. */
    private static final int LONGEST = 512;

    private static final int MOST_NAMES = 100;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(400);

    /**
     * The line without its end.
     *
     * @param writer which chain it is of, and {@code sequence} its place there
     * @param previous the hash of the line before, null for the first
     */
    static byte[] of(AuditEvent event, Origin origin, String writer, long sequence, @Nullable String previous) {
        AuditLine line = new AuditLine();
        line.text.append("{\"time\":\"").append(UtcTime.of(event.time)).append('"');
        line.field("event", event.kind.word());
        line.field("secret", event.secret);
        line.field("backend", event.backend);
        line.field("version", event.version);
        line.field("target", event.target);
        line.field("identity", event.identity);
        line.field("outcome", event.outcome);
        line.number("milliseconds", event.milliseconds, event.milliseconds >= 0);
        line.number("lost", event.lost, event.lost > 0);
        line.secrets(event);
        line.who(event.who());
        line.field("host", origin.host());
        line.number("pid", origin.pid(), true);
        line.field("command", origin.command());
        line.field("writer", writer);
        line.number("sequence", sequence, true);
        line.field("previous", previous);
        return line.text.append('}').toString().getBytes(US_ASCII);
    }

    private AuditLine() {}

    private void secrets(AuditEvent event) {
        if (event.kind != AuditEvent.Kind.UNREAD) {
            return;
        }
        text.append(",\"secrets\":[");
        int count = Math.min(event.secrets.size(), MOST_NAMES);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            string(event.secrets.get(i));
        }
        text.append(']');
        number("more", event.secrets.size() - count, event.secrets.size() > count);
    }

    private void who(@Nullable Who who) {
        if (who == null) {
            return;
        }
        text.append(",\"who\":");
        int start = text.length();
        if (who instanceof Who.Code code) {
            field("class", code.type());
            field("method", code.method());
            number("line", code.line(), code.line() >= 0);
        } else if (who instanceof Who.Person person) {
            field("user", person.user());
            field("sudo", person.sudo());
        } else if (who instanceof Who.Worker worker) {
            field("thread", worker.thread());
        }
        // The comma in front of the first field.
        text.setCharAt(start, '{');
        text.append('}');
    }

    private void field(String name, @Nullable String value) {
        if (value != null) {
            text.append(",\"").append(name).append("\":");
            string(value);
        }
    }

    private void number(String name, long value, boolean known) {
        if (known) {
            text.append(",\"").append(name).append("\":").append(value);
        }
    }

    private void string(String value) {
        int end = Math.min(value.length(), LONGEST);
        text.append('"');
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                text.append(c);
            } else {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
        text.append(end < value.length() ? "...\"" : "\"");
    }
}
