package io.secretagent.bootstrap.audit;

import io.secretagent.bootstrap.backend.Json;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line as it is read again.
 *
 * @param number in its file, from 1
 * @param hash SHA-256 of its bytes, which the next line of its writer has
 * @param fields null if it is no whole line of an audit
 */
public record AuditedLine(
        Path file, long number, String hash, @Nullable Map<String, Object> fields) {

    static AuditedLine of(Path file, long number, byte[] bytes) {
        Map<String, Object> fields = Json.object(bytes);
        return new AuditedLine(file, number, sha256(bytes), fields != null && isWhole(fields) ? fields : null);
    }

    /** Where it stands. */
    public String place() {
        return file + ":" + number;
    }

    /** A field's text or number, or the empty text. */
    public String text(String name) {
        Object value = fields == null ? null : fields.get(name);
        if (value instanceof Json.Numeral number) {
            return number.text();
        }
        return value instanceof String string ? string : "";
    }

    String writer() {
        return text("writer");
    }

    long sequence() {
        return Long.parseLong(text("sequence"));
    }

    /** The hash that it has of the line before, or the empty text. */
    String previous() {
        return text("previous");
    }

    private static boolean isWhole(Map<String, Object> fields) {
        return fields.get("writer") instanceof String
                && fields.get("event") instanceof String
                && fields.get("sequence") instanceof Json.Numeral number
                && number.text().matches("[1-9]\\d{0,17}");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
