package io.secretagent.bootstrap.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a .env file, where its many dialects agree and a shell that sources it does too: {@code K=V} and
 * {@code export K=V}, a comment after {@code #}, the last of two equal names.
 *
 * <p>An unquoted value is the rest of its line without the blanks around it and without a comment after a blank. A
 * quoted one is a shell's word, over several lines if need be: single quotes hold everything as it is; double quotes
 * know the escapes of a shell and those of JSON, since Vault Agent templates write {@code export K={{ .V | toJSON }}};
 * a piece may follow a piece, as in {@code 'it'\''s'}. Nothing is expanded: {@code $NAME} stays.
 */
final class DotEnv {
    private static final int END = -1;

    private final String text;
    private int at;

    /** The fields, or null if the text is something else. */
    static @Nullable Map<String, Object> parse(String text) {
        return new DotEnv(text).fields();
    }

    private DotEnv(String text) {
        this.text = text;
    }

    private @Nullable Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (true) {
            skipBlanksAndLineEnds();
            if (peek() == END) {
                return fields;
            }
            if (peek() == '#') {
                skipLine();
                continue;
            }
            String name = name();
            String value = name == null ? null : value();
            if (name == null || value == null) {
                return null;
            }
            fields.put(name, value);
        }
    }

    /** The name before a {@code =}, which is passed over too. */
    private @Nullable String name() {
        String name = word();
        if (name.equals("export") && isBlank(peek())) {
            skipBlanks();
            if (peek() != '=') {
                name = word();
            }
        }
        skipBlanks();
        if (name.isEmpty() || peek() != '=') {
            return null;
        }
        at++;
        return name;
    }

    private String word() {
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        return text.substring(start, at);
    }

    private @Nullable String value() {
        skipBlanks();
        return peek() == '"' || peek() == '\'' ? quoted() : unquoted();
    }

    private String unquoted() {
        int start = at;
        int end = at;
        // A # that no blank precedes belongs to the value.
        while (!isLineEnd(peek()) && !(peek() == '#' && at > 0 && isBlank(text.charAt(at - 1)))) {
            if (!isBlank(peek())) {
                end = at + 1;
            }
            at++;
        }
        skipLine();
        return text.substring(start, end);
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        while (!isLineEnd(peek()) && !isBlank(peek())) {
            char c = next();
            boolean closed = switch (c) {
                case '\'' -> singleQuoted(value);
                case '"' -> doubleQuoted(value);
                case '\\' -> escaped(value);
                default -> {
                    value.append(c);
                    yield true;
                }
            };
            if (!closed) {
                return null;
            }
        }
        skipBlanks();
        if (peek() == '#') {
            skipLine();
        }
        return isLineEnd(peek()) ? value.toString() : null;
    }

    private boolean singleQuoted(StringBuilder value) {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            return false;
        }
        value.append(text, at, end);
        at = end + 1;
        return true;
    }

    private boolean doubleQuoted(StringBuilder value) {
        while (at < text.length()) {
            char c = next();
            if (c == '"') {
                return true;
            }
            if (c == '\\' && at < text.length()) {
                escape(next(), value);
            } else {
                value.append(c);
            }
        }
        return false;
    }

    /** What a backslash and this character mean in double quotes; both of them, where they mean nothing. */
    private void escape(char c, StringBuilder value) {
        switch (c) {
            case '"', '\\', '$', '`', '/' -> value.append(c);
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> unicode(value);
            default -> value.append('\\').append(c);
        }
    }

    private void unicode(StringBuilder value) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                value.append("\\u");
                return;
            }
            code = code << 4 | digit;
        }
        at += 4;
        value.append((char) code);
    }

    /** A backslash outside of quotes, between two quoted pieces. */
    private boolean escaped(StringBuilder value) {
        if (at == text.length()) {
            return false;
        }
        value.append(next());
        return true;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private char next() {
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    private void skipBlanksAndLineEnds() {
        while (at < text.length() && (isBlank(peek()) || isLineEnd(peek()))) {
            at++;
        }
    }

    private void skipLine() {
        while (!isLineEnd(peek())) {
            at++;
        }
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r' || c == END;
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }
}
