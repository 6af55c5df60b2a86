package io.secretagent.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.channel.PercentEncoding;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where in a JDBC URL credentials stand: {@code ?user=u&password=p}, {@code ;user=u;password=p}, {@code //u:p@host} and
 * Oracle's {@code thin:u/p@}.
 */
final class JdbcUrl {
    private static final List<String> USERS = List.of("user", "username", "user_name", "uid", "userid", "login");
    private static final List<String> SECRETS = List.of("pass", "pwd", "secret", "token");

    /** How a value is written there. */
    enum Form {
        /** It is the whole URL. */
        WHOLE,
        /** Percent-encoded. */
        ENCODED,
        RAW
    }

    /**
     * A piece of the URL.
     *
     * @param user whether it names who logs in, and is no secret by itself
     */
    record Field(int from, int to, Form form, boolean user) {
        String value(String url) {
            String text = url.substring(from, to);
            try {
                // Not a form's encoding: its plus would be a space.
                return form == Form.ENCODED ? URLDecoder.decode(text.replace("+", "%2B"), UTF_8) : text;
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }

    static Field whole(String url) {
        return new Field(0, url.length(), Form.WHOLE, false);
    }

    /** In the order in which they stand. */
    static List<Field> credentials(String url) {
        List<Field> fields = new ArrayList<>();
        int parameters = first(url, "?;", 0, url.length());
        addAuthority(url, parameters, fields);
        int from = parameters;
        while (from < url.length()) {
            boolean encoded = url.charAt(from) != ';';
            int equals = first(url, "=", from, url.length());
            int next = first(url, "&;", from + 1, url.length());
            if (equals < next) {
                boolean quoted = equals + 1 < url.length() && url.charAt(equals + 1) == '{';
                int end = quoted ? first(url, "}", equals, url.length()) : next;
                next = quoted ? first(url, "&;", end, url.length()) : next;
                String key = url.substring(from + 1, equals);
                if (isUser(key) || isSecret(key)) {
                    fields.add(
                            new Field(equals + (quoted ? 2 : 1), end, encoded ? Form.ENCODED : Form.RAW, isUser(key)));
                }
            }
            from = next;
        }
        return fields;
    }

    /** The value as it is written in a field. */
    static String written(String value, Field field) {
        return field.form() == Form.ENCODED ? PercentEncoding.of(value) : value;
    }

    /** Whether a parameter or property of this name says who logs in. */
    static boolean isUser(String name) {
        return USERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether it proves that. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String part : SECRETS) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static void addAuthority(String url, int end, List<Field> fields) {
        int at = url.lastIndexOf('@', end - 1);
        int slashes = url.indexOf("//");
        if (at < 0) {
            return;
        }
        if (slashes >= 0 && slashes < at) {
            int from = slashes + 2;
            if (first(url, "/", from, at) == at) {
                addPair(from, first(url, ":", from, at), at, Form.ENCODED, fields);
            }
        } else if (url.startsWith("jdbc:oracle:")) {
            int from = url.indexOf(':', "jdbc:oracle:".length()) + 1;
            addPair(from, first(url, "/", from, at), at, Form.RAW, fields);
        }
    }

    private static void addPair(int from, int between, int at, Form form, List<Field> fields) {
        if (from > 0 && from < between) {
            fields.add(new Field(from, between, form, true));
        }
        if (from > 0 && between + 1 < at) {
            fields.add(new Field(between + 1, at, form, false));
        }
    }

    /** The first place of one of these characters; the end if there is none. */
    private static int first(String url, String characters, int from, int end) {
        for (int i = from; i < end; i++) {
            if (characters.indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return end;
    }

    private JdbcUrl() {}
}
